{#- A power of ten as an exact whole number. -#}
{% macro power_of_ten(digits) -%}
    cast('1{{ '0' * digits }}' as {{ type_exact() }})
{%- endmacro %}
