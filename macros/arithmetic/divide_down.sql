{#- Quotient of two whole numbers that are not negative, rounded down; NULL for a zero denominator. -#}
{% macro divide_down(numerator, denominator) -%}
    {{ return(adapter.dispatch('divide_down')(numerator, denominator)) }}
{%- endmacro %}

{#- See `create_functions`. -#}
{% macro duckdb__divide_down(numerator, denominator) -%}
    divide_down({{ numerator }}, {{ denominator }})
{%- endmacro %}

{% macro postgres__divide_down(numerator, denominator) -%}
    div({{ numerator }}, nullif({{ denominator }}, 0))
{%- endmacro %}
