{#- Whether a build has made a month of a monthly table anew; the months that it kept have passed their tests before. -#}
{% macro is_made_anew(period_month, relation) -%}
    {%- set start = rebuild_start(relation) -%}
    {{ period_month ~ " >= cast('" ~ start ~ "' as date)" if start else 'true' }}
{%- endmacro %}
