{#- For each reference a step with the values that it may have, each followed by a comma; see `known_values`. -#}
{% macro known_references(references, contract) -%}
{%- for column in references -%}
known_{{ column.name }} as (
    {{ known_values(column, contract) }}
),

{% endfor -%}
{%- endmacro %}
