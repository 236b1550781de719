{#- Quotient of two amounts as a rate of 8 decimals, rounded half away from zero; NULL for a zero whole. -#}
{% macro rate_of(part, whole) -%}
    {{ from_rate_units(round_divide(to_cents(part) ~ ' * 100000000', to_cents(whole))) }}
{%- endmacro %}
