{#-
    Every value of the columns stands in the key of another model. `columns` maps each column to `model.key`. dbt's own
    `relationships` tests one column; this tests all of a model's in one query. Returns the unknown values.
-#}
{% test references(model, columns) %}

{% for column, target in columns.items() -%}
select
    '{{ column }}' as column_name,
    cast({{ column }} as varchar) as unknown_value
from {{ model }}
where
    {{ column }} is not null
    and {{ column }} not in (select {{ target.split('.')[1] }} from {{ ref(target.split('.')[0]) }})
{% if not loop.last %}
union all
{% endif -%}
{%- endfor %}

{% endtest %}
