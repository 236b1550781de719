{#- Whether a month or day is among those that a build makes anew of a monthly or spanned table; what it kept has passed its tests before. -#}
{% macro is_made_anew(period_month, relation) -%}
    {%- set start = rebuild_start(relation) -%}
    {{ period_month ~ " >= cast('" ~ start ~ "' as date)" if start else 'true' }}
{%- endmacro %}
