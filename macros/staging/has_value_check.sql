{#- Whether anything beyond being empty can be wrong with a column's value. -#}
{% macro has_value_check(column) -%}
    {{ return(column.sql_type != 'varchar' or column.codes is defined or column.type in ['currency', 'phone']) }}
{%- endmacro %}
