{#-
    Balances and average balances per customer and month in yuan, under a prefix (`loan` or `deposit`). Each is the exact sum
    over the instruments, converted, divided by the days of its window and rounded once.
-#}
{% macro customer_balances(instrument_months, prefix) -%}
with

instrument_months as (
    select
        *,
        {{ to_rate_units('rate_to_cny') }} as rate_units
    from {{ instrument_months }}
),

months as (
    select * from {{ ref('int_months') }}
),

summed as (
    select
        customer_id,
        period_month,
        sum({{ to_cents('balance') }} * rate_units) as balance_units,
        sum(cent_days * rate_units) as month_units,
        sum(ytd_cent_days * rate_units) as ytd_units,
        sum(r12_cent_days * rate_units) as r12_units
    from instrument_months
    group by customer_id, period_month
),

final as (
    select
        summed.customer_id,
        summed.period_month,
        {{ amount_of('summed.balance_units', 8) }} as {{ prefix }}_balance,
        {{ amount_of('summed.month_units', 8, 'months.month_days') }} as {{ prefix }}_average_balance,
        {{ amount_of('summed.ytd_units', 8, 'months.ytd_days') }} as {{ prefix }}_average_balance_ytd,
        {{ amount_of('summed.r12_units', 8, 'months.r12_days') }} as {{ prefix }}_average_balance_r12
    from summed
    inner join months
        on summed.period_month = months.period_month
)

select * from final
{%- endmacro %}
