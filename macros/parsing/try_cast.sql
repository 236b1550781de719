{#- The value of a cast, NULL where it fails. -#}
{% macro try_cast(text, type) -%}
    {{ return(adapter.dispatch('try_cast')(text, type)) }}
{%- endmacro %}

{% macro duckdb__try_cast(text, type) -%}
    try_cast({{ text }} as {{ type }})
{%- endmacro %}
