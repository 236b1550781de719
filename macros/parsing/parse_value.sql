{#-
    A cleaned value as its contract type, NULL where it is empty or unreadable. A delivery that was typed already stands in
    `<column>__typed` and is taken as it is; text is parsed once.
-#}
{% macro parse_value(column) -%}
    {%- if column.sql_type == 'varchar' -%}
        {{ parse_code(column) }}
    {%- elif column.sql_type == 'date' -%}
        coalesce({{ column.name }}__typed, {{ parse_date(column.name) }})
    {%- elif column.sql_type == 'boolean' -%}
        coalesce({{ column.name }}__typed, {{ parse_boolean(column.name) }})
    {%- else -%}
        coalesce({{ column.name }}__typed, {{ parse_number(column.name, column.sql_type) }})
    {%- endif -%}
{%- endmacro %}
