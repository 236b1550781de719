{#- The rows of a monthly relation in the newest month, the one that ends on the as-of date. -#}
{% macro in_newest_month(relation) -%}
    select monthly.*
    from {{ relation }} as monthly
    inner join {{ ref('int_months') }} as months
        on monthly.period_month = months.period_month
    where months.period_end_date = {{ as_of_date() }}
{%- endmacro %}
