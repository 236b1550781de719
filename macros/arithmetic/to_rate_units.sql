{#- A rate of up to 8 decimals as whole units of 10^-8. -#}
{% macro to_rate_units(rate) -%}
    {{ to_units(rate, 8) }}
{%- endmacro %}
