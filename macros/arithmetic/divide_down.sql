{#- Quotient of two whole numbers that are not negative, rounded down. -#}
{% macro divide_down(numerator, denominator) -%}
    {{ return(adapter.dispatch('divide_down')(numerator, denominator)) }}
{%- endmacro %}

{% macro duckdb__divide_down(numerator, denominator) -%}
    (({{ numerator }}) // {{ denominator }})
{%- endmacro %}
