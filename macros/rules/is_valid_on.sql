{#- Whether a line, tag or relation, which says itself from when to when it is valid, holds on a date; an empty bound is open. -#}
{% macro is_valid_on(relation, date) -%}
    coalesce({{ relation }}.valid_from, cast('0001-01-01' as date)) <= {{ date }}
    and coalesce({{ relation }}.valid_to, cast('9999-12-31' as date)) > {{ date }}
{%- endmacro %}
