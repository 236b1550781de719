{#-
    Instrument months with the attributes in force at the period's end and the rate that converts them to yuan; without a
    rate the instrument counts 0 (`rate_to_cny` is NULL).
-#}
{% macro instrument_months_attributed(instrument_months, versions, instrument_key) -%}
with

instrument_months as (
    select * from {{ instrument_months }}
),

versions as (
    {{ versions_in_force(versions, instrument_key) }}
),

months as (
    select * from {{ ref('int_months') }}
),

currency_rates as (
    select * from {{ ref('int_currency_rates') }}
),

final as (
    select
        instrument_months.{{ instrument_key }},
        instrument_months.period_month,
        versions.customer_id,
        versions.branch_id,
        versions.product_code,
        versions.currency,
        currency_rates.rate_to_cny,
        instrument_months.balance,
        instrument_months.cent_days,
        instrument_months.ytd_cent_days,
        instrument_months.r12_cent_days
    from instrument_months
    inner join months
        on instrument_months.period_month = months.period_month
    inner join versions
        on
            instrument_months.{{ instrument_key }} = versions.{{ instrument_key }}
            and months.period_end_date >= versions.in_force_from
            and months.period_end_date < versions.in_force_to
    left join currency_rates
        on
            instrument_months.period_month = currency_rates.period_month
            and versions.currency = currency_rates.currency
)

select * from final
{%- endmacro %}


{#-
    Balances and average balances per customer and month in yuan, under a prefix (`loan` or `deposit`). Each is the exact sum
    over the instruments, converted, divided by the days of its window and rounded once.
-#}
{% macro customer_balances(attributed_months, prefix) -%}
with

attributed_months as (
    select
        *,
        {{ to_rate_units('rate_to_cny') }} as rate_units
    from {{ attributed_months }}
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
    from attributed_months
    group by customer_id, period_month
),

final as (
    select
        summed.customer_id,
        summed.period_month,
        {{ to_amount(round_divide('summed.balance_units', '100000000')) }} as {{ prefix }}_balance,
        {{ to_amount(round_divide('summed.month_units', '(100000000 * cast(months.month_days as bigint))')) }} as {{ prefix }}_average_balance,
        {{ to_amount(round_divide('summed.ytd_units', '(100000000 * cast(months.ytd_days as bigint))')) }} as {{ prefix }}_average_balance_ytd,
        {{ to_amount(round_divide('summed.r12_units', '(100000000 * cast(months.r12_days as bigint))')) }} as {{ prefix }}_average_balance_r12
    from summed
    inner join months
        on summed.period_month = months.period_month
)

select * from final
{%- endmacro %}
