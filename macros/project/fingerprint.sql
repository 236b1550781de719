{#- A number for the values of columns: equal for equal values, and for others only by an accident of one in 2 to the power of 64. -#}
{% macro fingerprint(columns) -%}
    {{ return(adapter.dispatch('fingerprint')(columns)) }}
{%- endmacro %}

{#- `fingerprint` on DuckDB. -#}
{% macro duckdb__fingerprint(columns) -%}
    hash({{ columns | join(', ') }})
{%- endmacro %}

{#- `fingerprint` on PostgreSQL. -#}
{% macro postgres__fingerprint(columns) -%}
    hashtextextended(cast(row({{ columns | join(', ') }}) as text), 0)
{%- endmacro %}
