{#- The different codes of a column in a group, sorted and separated by semicolons; NULL where there is none. -#}
{% macro sorted_codes(column) -%}
    {{ return(adapter.dispatch('sorted_codes')(column)) }}
{%- endmacro %}

{% macro default__sorted_codes(column) -%}
    string_agg(distinct {{ column }}, ';' order by {{ column }})
{%- endmacro %}
