{#-
    One row per key: no key stands twice, and no part of it is NULL but those named in `nullable`, where an empty value is a
    value of its own. Returns the offending keys.
-#}
{% test grain(model, columns, nullable=[]) %}

select
    {{ columns | join(', ') }},
    count(*) as row_count
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1{% for column in columns if column not in nullable %} or {{ column }} is null{% endfor %}

{% endtest %}
