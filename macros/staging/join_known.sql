{#- A left join to the known values of every reference in a list; see `known_values`. -#}
{% macro join_known(references, records='checked') -%}
    {%- for column in references %}
    left join known_{{ column.name }}
        on {{ industry_division(records ~ '.' ~ column.name) if column.type == 'industry' else records ~ '.' ~ column.name }} = known_{{ column.name }}.known_key
    {%- endfor -%}
{%- endmacro %}
