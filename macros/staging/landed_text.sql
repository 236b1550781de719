{#- A landed value as the text it was delivered as, whether it was landed as text or typed. -#}
{% macro landed_text(column) -%}
    {%- if column.sql_type == 'varchar' -%}
        landed.{{ column.name }}
    {%- else -%}
        coalesce(landed.{{ column.name }}, cast(landed.{{ column.name }}__typed as varchar))
    {%- endif -%}
{%- endmacro %}
