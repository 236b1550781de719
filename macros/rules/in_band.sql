{#-
    Whether a number lies in a half-open band; a bound that is NULL is open, and a number that is NULL lies in no band. Two plain
    comparisons: with an OR for the open bounds the engine tries every row against every band.
-#}
{% macro in_band(number, lower_bound, upper_bound) -%}
    {{ number }} >= coalesce({{ lower_bound }}, cast(-9999999999999999.99999999 as decimal(24,8)))
    and {{ number }} < coalesce({{ upper_bound }}, cast(9999999999999999.99999999 as decimal(24,8)))
{%- endmacro %}
