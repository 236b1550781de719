{#- The statement that sets a date under a name for the statements after it; see `session_date`. -#}
{% macro set_session_date(name, value) -%}
    {{ return(adapter.dispatch('set_session_date')(name, value)) }}
{%- endmacro %}

{#- `set_session_date` on DuckDB. -#}
{% macro duckdb__set_session_date(name, value) -%}
    set variable {{ name }} = cast('{{ value }}' as date)
{%- endmacro %}

{#- `set_session_date` on PostgreSQL, where it holds to the end of the transaction. -#}
{% macro postgres__set_session_date(name, value) -%}
    set local bankmart.{{ name }} = '{{ value }}'
{%- endmacro %}
