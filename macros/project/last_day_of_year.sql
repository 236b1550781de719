{#- 31 December of a year given as a number, as a date. -#}
{% macro last_day_of_year(year_number) -%}
    cast({{ year_number }} || '-12-31' as date)
{%- endmacro %}
