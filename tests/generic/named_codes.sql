{#-
    Every code in the columns has its English and Chinese name. `columns` maps each column to its code set in `ref_codes`.
    Returns the codes without a name.
-#}
{% test named_codes(model, columns) %}

{% for column, code_set in columns.items() -%}
select
    '{{ column }}' as column_name,
    {{ column }} as code
from {{ model }}
where
    {{ column }} is not null
    and {{ column }} not in (select code from {{ ref('ref_codes') }} where code_set = '{{ code_set }}')
{% if not loop.last %}
union all
{% endif -%}
{%- endfor %}

{% endtest %}
