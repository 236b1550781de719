{#- Calendar months from one date's month to another's, whatever their days. -#}
{% macro months_between(from_date, to_date) -%}
    cast((extract(year from {{ to_date }}) - extract(year from {{ from_date }})) * 12 + extract(month from {{ to_date }}) - extract(month from {{ from_date }}) as integer)
{%- endmacro %}
