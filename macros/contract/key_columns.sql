{#- The names of an extract's key columns. -#}
{% macro key_columns(contract) -%}
    {{ return(contract.columns | selectattr('key', 'defined') | map(attribute='name') | list) }}
{%- endmacro %}
