{#- The values of a group as one text, in their order, separated by semicolons; values that are NULL are left out. -#}
{% macro listed(value) -%}
    {{ return(adapter.dispatch('listed')(value)) }}
{%- endmacro %}

{% macro duckdb__listed(value) -%}
    string_agg({{ value }}, ';' order by {{ value }})
{%- endmacro %}
