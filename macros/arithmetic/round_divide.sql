{#- Quotient of two whole numbers, rounded half away from zero; NULL for a zero denominator, which must be positive. -#}
{% macro round_divide(numerator, denominator) -%}
    {{ return(adapter.dispatch('round_divide')(numerator, denominator)) }}
{%- endmacro %}

{% macro duckdb__round_divide(numerator, denominator) -%}
    case
        when {{ denominator }} > 0 then sign({{ numerator }}) * ((2 * abs({{ numerator }}) + {{ denominator }}) // (2 * {{ denominator }}))
    end
{%- endmacro %}
