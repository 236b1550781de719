{#- Quotient of two whole numbers that are not negative, rounded down; NULL for a zero denominator. -#}
{% macro divide_down(numerator, denominator) -%}
    {{ return(adapter.dispatch('divide_down')(numerator, denominator)) }}
{%- endmacro %}

{% macro duckdb__divide_down(numerator, denominator) -%}
    {%- set guess = corrected_quotient(numerator, denominator, 'floor') -%}
    {%- set rest = '((' ~ numerator ~ ') - ' ~ guess ~ ' * (' ~ denominator ~ '))' -%}
    ({{ guess }} + cast({{ rest }} >= ({{ denominator }}) as integer) - cast({{ rest }} < 0 as integer))
{%- endmacro %}

{% macro postgres__divide_down(numerator, denominator) -%}
    div({{ numerator }}, nullif({{ denominator }}, 0))
{%- endmacro %}
