{#- The model that holds the staged records of an extract. -#}
{% macro base_model(contract) -%}
    {{ return('base_' ~ contract.system ~ '__' ~ contract.name) }}
{%- endmacro %}
