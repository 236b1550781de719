{#- Whether a version or value with the span `in_force_from` to `in_force_to`, half-open, is in force on a date. -#}
{% macro in_force(relation, date) -%}
    {{ date }} >= {{ relation }}.in_force_from and {{ date }} < {{ relation }}.in_force_to
{%- endmacro %}
