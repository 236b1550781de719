{#- Decimals of a numeric type. -#}
{% macro number_scale(type) -%}
    {{ return(type.split(',')[1].rstrip(')') | int if ',' in type else 0) }}
{%- endmacro %}
