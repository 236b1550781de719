{#- Whole units of 10^-8 as a rate. -#}
{% macro from_rate_units(units) -%}
    cast(cast(cast({{ units }} as bigint) as decimal(18,0)) * cast(0.00000001 as decimal(9,8)) as decimal(18,8))
{%- endmacro %}
