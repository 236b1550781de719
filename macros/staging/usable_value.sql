{#- The value as staged: hashed, emptied where an optional one is wrong, the default where there is none. -#}
{% macro usable_value(column) -%}
    {%- set value = column.name -%}
    {%- if column.staged_as != column.name -%}
        {%- set value = keyed_hash(column.name) -%}
    {%- endif -%}
    {%- set needs_emptying = has_value_check(column) and not column.is_checked_required
        and (column.sql_type == 'varchar' or outside_bounds(column)) -%}
    {%- if needs_emptying -%}
        {%- set value = 'case when ' ~ value_issue(column) ~ ' is null then ' ~ value ~ ' end' -%}
    {%- endif -%}
    {%- if column.default is defined -%}
        {%- set default = column.default if column.sql_type == 'boolean' else "'" ~ column.default ~ "'" -%}
        coalesce({{ value }}, {{ default }})
    {%- else -%}
        {{ value }}
    {%- endif -%}
{%- endmacro %}
