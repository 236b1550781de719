{#- Whole units of 10^-8 as a rate; NULL for ten billion and more, which is what a whole of nearly nothing gives. -#}
{% macro from_rate_units(units) -%}
    cast({{ try_cast(units, 'decimal(18,0)') }} * cast(0.00000001 as decimal(9,8)) as decimal(18,8))
{%- endmacro %}
