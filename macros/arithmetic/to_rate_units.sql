{#- A rate of up to 8 decimals as whole units of 10^-8. -#}
{% macro to_rate_units(rate) -%}
    cast(cast({{ rate }} as decimal(28,8)) * 100000000 as {{ type_exact() }})
{%- endmacro %}
