{#- A landed value as the text it was delivered as, whether it was landed as text or typed. -#}
{% macro landed_text(column) -%}
    {%- if column.sql_type == 'varchar' -%}
        landed.{{ column.name }}
    {%- else -%}
        coalesce(landed.{{ column.name }}, cast(landed.{{ column.name }}__typed as varchar))
    {%- endif -%}
{%- endmacro %}


{#- The key of a landed row as it was delivered, its parts joined by a bar. -#}
{% macro landed_key(contract) -%}
    {%- set parts = [] -%}
    {%- for column in contract.columns if column.key is defined -%}
        {%- do parts.append('coalesce(' ~ landed_text(column) ~ ", '')") -%}
    {%- endfor -%}
    {{ parts | join(" || '|' || ") }}
{%- endmacro %}


{#- A landed row as a JSON object of its delivered text. -#}
{% macro landed_json(contract) -%}
    {{ return(adapter.dispatch('landed_json')(contract)) }}
{%- endmacro %}

{% macro duckdb__landed_json(contract) -%}
    cast(json_object(
        {%- for column in contract.columns %}'{{ column.name }}', {{ landed_text(column) }}{% if not loop.last %}, {% endif %}{% endfor -%}
    ) as varchar)
{%- endmacro %}


{#- One row per semicolon-separated code of a column, in column `code`, beside all other columns of the relation. -#}
{% macro split_codes(relation, codes) -%}
    {{ return(adapter.dispatch('split_codes')(relation, codes)) }}
{%- endmacro %}

{% macro duckdb__split_codes(relation, codes) -%}
    select
        *,
        unnest(string_split({{ codes }}, ';')) as code
    from {{ relation }}
{%- endmacro %}
