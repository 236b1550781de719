{#- The code of a row of which a day lies after its batch (`not_after_batch`), in quotes; none where an extract has no such column. -#}
{% macro late_code(contract) -%}
    {%- set columns = contract.columns | selectattr('not_after_batch', 'defined') | list -%}
    {{ return("'out_of_range:" ~ columns[0].name ~ "'" if columns else none) }}
{%- endmacro %}
