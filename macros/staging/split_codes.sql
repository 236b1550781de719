{#- One row per semicolon-separated code of a column, in column `code`, beside all other columns of the relation. -#}
{% macro split_codes(relation, codes) -%}
    {{ return(adapter.dispatch('split_codes')(relation, codes)) }}
{%- endmacro %}

{% macro default__split_codes(relation, codes) -%}
    select
        *,
        unnest(string_to_array({{ codes }}, ';')) as code
    from {{ relation }}
{%- endmacro %}
