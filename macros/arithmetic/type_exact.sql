{#- Widest exact whole number. -#}
{% macro type_exact() -%}
    {{ return(adapter.dispatch('type_exact')()) }}
{%- endmacro %}

{% macro duckdb__type_exact() -%}hugeint{%- endmacro %}

{% macro postgres__type_exact() -%}decimal(38,0){%- endmacro %}
