{#-
    Month-end balance and balance-days of every instrument and month, from its spans: cents × days in the month, the year to
    date and the twelve months, sums of whole numbers and so exact. Months run without a hole from the first record on.
-#}
{% macro instrument_months(spans, instrument_key) -%}
with

spans as (
    select * from {{ spans }}
),

bridge as (
    select * from {{ ref('int_month_bridge') }}
),

slices as (
    select
        spans.{{ instrument_key }},
        bridge.period_month,
        case when spans.to_date >= bridge.period_stop_date then spans.balance end as closing_balance,
        {{ to_cents('spans.balance') }} * {{ days_between('greatest(spans.from_date, bridge.period_month)', 'least(spans.to_date, bridge.period_stop_date)') }} as cent_days
    from spans
    inner join bridge
        on
            {{ month_of('spans.from_date') }} = bridge.from_month
            and {{ month_of(add_to_date('day', -1, 'spans.to_date')) }} = bridge.to_month
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
