{#-
    The month an entry belongs to: that of the sale, or where it is later that of the batch less the posting lag. A delivery
    some days late still posts to its month, and a closed month never changes.
-#}
{% macro posted_month(sold_date, recorded_date, posting_lag_days) -%}
    greatest(
        {{ month_of(sold_date) }},
        {{ month_of(add_to_date('day', '-' ~ posting_lag_days, recorded_date)) }}
    )
{%- endmacro %}
