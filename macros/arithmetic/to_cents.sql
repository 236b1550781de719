{#- An amount in yuan as whole cents. -#}
{% macro to_cents(amount) -%}
    cast(cast({{ amount }} as decimal(22,2)) * 100 as {{ type_exact() }})
{%- endmacro %}
