{#- Whole cents as an amount in yuan; fails loudly where the amount does not fit decimal(18,2). -#}
{% macro to_amount(cents) -%}
    cast(cast(cast({{ cents }} as bigint) as decimal(18,0)) * cast(0.01 as decimal(3,2)) as decimal(18,2))
{%- endmacro %}
