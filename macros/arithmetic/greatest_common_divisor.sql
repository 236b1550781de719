{#- The greatest whole number that divides two whole numbers. -#}
{% macro greatest_common_divisor(one, other) -%}
    {{ return(adapter.dispatch('greatest_common_divisor')(one, other)) }}
{%- endmacro %}

{#- `greatest_common_divisor` where the engine has it. -#}
{% macro default__greatest_common_divisor(one, other) -%}
    gcd({{ one }}, {{ other }})
{%- endmacro %}
