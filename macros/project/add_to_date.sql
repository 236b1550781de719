{#- A date so many days or months later, as a date. -#}
{% macro add_to_date(unit, number, from_date) -%}
    cast({{ dbt.dateadd(unit, number, from_date) }} as date)
{%- endmacro %}
