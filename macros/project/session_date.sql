{#- A date that a statement before this one has set under a name, else the default; see `set_session_date`. -#}
{% macro session_date(name, default) -%}
    {{ return(adapter.dispatch('session_date')(name, default)) }}
{%- endmacro %}

{#- `session_date` on DuckDB. -#}
{% macro duckdb__session_date(name, default) -%}
    coalesce(getvariable('{{ name }}'), cast('{{ default }}' as date))
{%- endmacro %}

{#- `session_date` on PostgreSQL. -#}
{% macro postgres__session_date(name, default) -%}
    coalesce(cast(nullif(current_setting('bankmart.{{ name }}', true), '') as date), cast('{{ default }}' as date))
{%- endmacro %}
