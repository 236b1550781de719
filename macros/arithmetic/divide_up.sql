{#- Quotient of two whole numbers that are not negative, rounded up. -#}
{% macro divide_up(numerator, denominator) -%}
    {{ divide_down(numerator ~ ' + ' ~ denominator ~ ' - 1', denominator) }}
{%- endmacro %}
