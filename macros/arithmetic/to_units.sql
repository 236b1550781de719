{#-
    A number as whole units of 10^-`digits`; its further decimals must be zeros. Whole part and fraction apart, in 64 bits: a
    product of decimals that needs more is divided back ten times slower.
-#}
{% macro to_units(number, digits) -%}
    {%- set exact = 'cast(' ~ number ~ ' as decimal(18,' ~ digits ~ '))' -%}
    {%- set unit = '1' ~ '0' * digits -%}
    cast(cast({{ exact }} - {{ exact }} % 1 as bigint) * {{ unit }} + cast({{ exact }} % 1 * {{ unit }} as bigint) as {{ type_exact() }})
{%- endmacro %}
