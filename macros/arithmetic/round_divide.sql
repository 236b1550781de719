{#-
    Quotient of two whole numbers, rounded half away from zero; NULL for a zero denominator, which must not be negative. Keep it out
    of CASE branches where rows are many; only outside them DuckDB computes each part of it once.
-#}
{% macro round_divide(numerator, denominator) -%}
    {{ return(adapter.dispatch('round_divide')(numerator, denominator)) }}
{%- endmacro %}

{#- See `create_functions`. -#}
{% macro duckdb__round_divide(numerator, denominator) -%}
    round_divide({{ numerator }}, {{ denominator }})
{%- endmacro %}

{% macro postgres__round_divide(numerator, denominator) -%}
    (sign({{ numerator }}) * div(2 * abs({{ numerator }}) + {{ denominator }}, 2 * nullif({{ denominator }}, 0)))
{%- endmacro %}
