{#- Condition under which a value lies outside its contract's bounds; empty where it has none. -#}
{% macro outside_bounds(column) -%}
    {%- set bounds = [] -%}
    {%- if column.min is defined -%}
        {%- set min = "cast('" ~ column.min ~ "' as date)" if column.sql_type == 'date' else column.min -%}
        {%- do bounds.append(column.name ~ (' <= ' if column.min_is_exclusive is defined else ' < ') ~ min) -%}
    {%- endif -%}
    {%- if column.max is defined -%}
        {%- do bounds.append(column.name ~ ' > ' ~ column.max) -%}
    {%- endif -%}
    {%- if column.not_after_batch is defined -%}
        {%- do bounds.append(column.name ~ ' > batch_date') -%}
    {%- endif -%}
    {{ return(bounds | join(' or ')) }}
{%- endmacro %}
