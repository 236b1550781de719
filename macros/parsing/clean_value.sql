{#- A landed value trimmed; everything but names and remarks with plain digits. -#}
{% macro clean_value(column) -%}
    {{ clean_text(column.name, digits=column.type not in ['name', 'text']) }}
{%- endmacro %}
