{#-
    The first month that a build makes anew of a monthly table; none where it makes all of them. Only the command, which knows
    that rules and code are those of the last build, asks for less than all (BANKMART_KEEPS_MONTHS).
-#}
{% macro rebuild_start(relation) -%}
    {%- if not execute or not env_var('BANKMART_KEEPS_MONTHS', '') or should_full_refresh() or load_cached_relation(relation) is none -%}
        {{ return(none) }}
    {%- endif -%}
    {%- set starts = run_query('select period_month from ' ~ relation_of('int_rebuild_start')).columns[0].values() -%}
    {{ return(starts[0] if starts | length else none) }}
{%- endmacro %}
