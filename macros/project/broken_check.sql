{#- A query for the name of a check where the check's query finds rows. -#}
{% macro broken_check(name, rows) -%}
select '{{ name }}' as check_name from (
{{ rows }}
) as broken having count(*) > 0
{%- endmacro %}
