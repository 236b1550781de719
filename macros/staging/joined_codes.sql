{#- The codes of all columns of a list that have one, separated by semicolons; NULL where none has. -#}
{% macro joined_codes(columns) -%}
    {%- set issues = [] -%}
    {%- for column in columns if column.is_checked_required or has_value_check(column) -%}
        {%- do issues.append(value_issue(column)) -%}
    {%- endfor -%}
    {{ concatenated_codes(issues) }}
{%- endmacro %}
