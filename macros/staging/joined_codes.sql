{#- The codes of all columns of a list that have one, separated by semicolons; NULL where none has. -#}
{% macro joined_codes(columns) -%}
    {%- set issues = [] -%}
    {%- set key_parts = [] -%}
    {%- for column in columns if column.is_checked_required or has_value_check(column) -%}
        {%- do issues.append(value_issue(column, key_parts | list if column.key is defined else [])) -%}
        {%- if column.key is defined -%}
            {%- do key_parts.append(column) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ concatenated_codes(issues) }}
{%- endmacro %}
