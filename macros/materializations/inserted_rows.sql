{#- The statement that adds the rows of a model's query to the model's table, column by column of equal name. -#}
{% macro inserted_rows(target, query) -%}
    {{ return(adapter.dispatch('inserted_rows')(target, query)) }}
{%- endmacro %}

{% macro duckdb__inserted_rows(target, query) -%}
    insert into {{ target }} by name {{ query }}
{%- endmacro %}

{#- Without a contract the table has the columns of the query, in their order. -#}
{% macro default__inserted_rows(target, query) -%}
    insert into {{ target }}
    {%- if config.get('contract').enforced %} ({{ adapter.dispatch('get_column_names', 'dbt')() }})
    {{ get_select_subquery(query) }}
    {%- else %}
    {{ query }}
    {%- endif -%}
{%- endmacro %}
