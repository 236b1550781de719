{#-
    The spans of an instrument cut at the ends of months and summed by month and by the terms that hold (`terms`, columns of the
    spans): cents × days, whole numbers and so exact, and the balance at the period's end where these terms hold then.
-#}
{% macro instrument_slices(spans, instrument_key, terms) -%}
with

spans as (
    select * from {{ spans }}
    where {{ is_span_needed('from_date', 'to_date') }}
),

bridge as (
    select * from {{ ref('int_month_bridge') }}
),

slices as (
    select
        spans.{{ instrument_key }},
        bridge.period_month,
        {%- for term in terms %}
        spans.{{ term }},
        {%- endfor %}
        case when spans.to_date >= bridge.period_stop_date then spans.balance end as closing_balance,
        {{ to_cents('spans.balance') }} * {{ days_between('greatest(spans.from_date, bridge.period_month)', 'least(spans.to_date, bridge.period_stop_date)') }} as cent_days
    from spans
    inner join bridge
        on
            {{ month_of('spans.from_date') }} = bridge.from_month
            and {{ month_of(add_to_date('day', -1, 'spans.to_date')) }} = bridge.to_month
),

final as (
    select
        {{ instrument_key }},
        period_month,
        {%- for term in terms %}
        {{ term }},
        {%- endfor %}
        max(closing_balance) as closing_balance,
        cast(sum(cent_days) as {{ type_exact() }}) as cent_days
    from slices
    group by {{ instrument_key }}, period_month{% for term in terms %}, {{ term }}{% endfor %}
)

select * from final
{%- endmacro %}
