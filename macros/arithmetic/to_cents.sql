{#- An amount in yuan as whole cents. -#}
{% macro to_cents(amount) -%}
    {{ to_units(amount, 2) }}
{%- endmacro %}
