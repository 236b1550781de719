{#- First day of a date's month, as a date. -#}
{% macro month_of(date_value) -%}
    cast({{ dbt.date_trunc('month', date_value) }} as date)
{%- endmacro %}
