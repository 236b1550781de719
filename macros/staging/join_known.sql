{#- A left join to the known values of every reference in a list; see `known_values`. -#}
{% macro join_known(references) -%}
    {%- for column in references %}
    left join known_{{ column.name }}
        on {{ industry_division('checked.' ~ column.name) if column.type == 'industry' else 'checked.' ~ column.name }} = known_{{ column.name }}.known_key
    {%- endfor -%}
{%- endmacro %}
