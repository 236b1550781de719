{#- The codes of all columns of a list that have one, separated by semicolons; NULL where none has. -#}
{% macro joined_codes(columns) -%}
    {%- set issues = [] -%}
    {%- set key_parts = [] -%}
    {%- for column in columns if column.is_checked_required or has_value_check(column) -%}
        {%- if column.key is defined -%}
            {%- do issues.append(value_issue(column, key_parts | list)) -%}
            {%- do key_parts.append(column) -%}
        {%- else -%}
            {%- do issues.append(value_issue(column)) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ concatenated_codes(issues) }}
{%- endmacro %}
