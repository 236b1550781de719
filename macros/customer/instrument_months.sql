{#-
    Month-end balance and balance-days of every instrument and month, from its slices: cents × days in the month, the year to
    date and the twelve months. Months run without a hole from the first record on.
-#}
{% macro instrument_months(slices, instrument_key) -%}
with

slices as (
    select * from {{ slices }}
    where {{ is_needed('period_month', months_before=11) }}
),

months as (
    select
        {{ instrument_key }},
        period_month,
        max(closing_balance) as balance,
        cast(sum(cent_days) as {{ type_exact() }}) as cent_days
    from slices
    group by {{ instrument_key }}, period_month
),

final as (
    select
        {{ instrument_key }},
        period_month,
        balance,
        cent_days,
        cast(sum(cent_days) over (
            partition by {{ instrument_key }}, {{ dbt.date_trunc('year', 'period_month') }} order by period_month
            rows between unbounded preceding and current row
        ) as {{ type_exact() }}) as ytd_cent_days,
        cast(sum(cent_days) over (
            partition by {{ instrument_key }} order by period_month
            rows between 11 preceding and current row
        ) as {{ type_exact() }}) as r12_cent_days
    from months
)

select * from final
{%- endmacro %}
