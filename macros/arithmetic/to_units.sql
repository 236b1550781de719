{#- A number as whole units of 10^-`digits`; its further decimals must be zeros. -#}
{% macro to_units(number, digits) -%}
    cast(cast({{ number }} as decimal(28,{{ digits }})) * 1{{ '0' * digits }} as {{ type_exact() }})
{%- endmacro %}
