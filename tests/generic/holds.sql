{#- The condition holds on every row; a row on which it is unknown fails. Returns the rows that break it. -#}
{% test holds(model, condition) %}

select *
from {{ model }}
where not coalesce({{ condition }}, false)

{% endtest %}
