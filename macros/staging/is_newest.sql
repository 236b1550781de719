{#- Whether a version is the newest of its entity: its dates, and what a reader wants to see today. -#}
{% macro is_newest() -%}
    in_force_to = cast('9999-12-31' as date)
{%- endmacro %}
