{#- A landed row as a JSON object of its delivered text. -#}
{% macro landed_json(contract) -%}
    {{ return(adapter.dispatch('landed_json')(contract)) }}
{%- endmacro %}

{% macro duckdb__landed_json(contract) -%}
    cast(json_object(
        {%- for column in contract.columns %}'{{ column.name }}', {{ landed_text(column) }}{% if not loop.last %}, {% endif %}{% endfor -%}
    ) as varchar)
{%- endmacro %}

{% macro postgres__landed_json(contract) -%}
    '{' || concat_ws(','
        {%- for column in contract.columns %}, '"{{ column.name }}":' || coalesce(cast(to_json({{ landed_text(column) }}) as text), 'null'){% endfor -%}
    ) || '}'
{%- endmacro %}
