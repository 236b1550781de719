{#-
    Quotient of two whole numbers, rounded half away from zero; NULL for a zero denominator, which must not be negative. DuckDB
    divides hugeints bit by bit, four times slower than this: a floating-point guess, exactly corrected by its remainder. Keep it
    out of CASE branches where rows are many; only outside them the engine computes each part once.
-#}
{% macro round_divide(numerator, denominator) -%}
    {{ return(adapter.dispatch('round_divide')(numerator, denominator)) }}
{%- endmacro %}

{% macro duckdb__round_divide(numerator, denominator) -%}
    {%- set guess = corrected_quotient(numerator, denominator, 'round') -%}
    {%- set twice_the_rest = '(2 * ((' ~ numerator ~ ') - ' ~ guess ~ ' * (' ~ denominator ~ ')))' -%}
    (
        {{ guess }}
        + cast({{ twice_the_rest }} + cast(({{ numerator }}) > 0 as integer) > ({{ denominator }}) as integer)
        - cast(cast(({{ numerator }}) < 0 as integer) - {{ twice_the_rest }} > ({{ denominator }}) as integer)
    )
{%- endmacro %}

{% macro postgres__round_divide(numerator, denominator) -%}
    (sign({{ numerator }}) * div(2 * abs({{ numerator }}) + {{ denominator }}, 2 * nullif({{ denominator }}, 0)))
{%- endmacro %}
