{#- The key of a landed row as it was delivered, its parts joined by a bar. -#}
{% macro landed_key(contract) -%}
    {%- set parts = [] -%}
    {%- for column in contract.columns if column.key is defined -%}
        {%- do parts.append('coalesce(' ~ landed_text(column) ~ ", '')") -%}
    {%- endfor -%}
    {{ parts | join(" || '|' || ") }}
{%- endmacro %}
