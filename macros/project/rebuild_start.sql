{#-
    The first month that a build makes anew of a monthly table, as a date literal; none where it makes all of them. Only the command,
    which knows that rules and code are those of the last build, asks for less than all (BANKMART_KEEPS_MONTHS).
-#}
{% macro rebuild_start(relation) -%}
    {%- if not execute or not env_var('BANKMART_KEEPS_MONTHS', '') or should_full_refresh() or load_cached_relation(relation) is none -%}
        {{ return(none) }}
    {%- endif -%}
    {%- set model = graph.nodes['model.bankmart.int_rebuild_start'] -%}
    {%- set relation = api.Relation.create(model.database, model.schema, model.alias) -%}
    {%- set starts = run_query('select period_month from ' ~ relation).columns[0].values() -%}
    {{ return("cast('" ~ starts[0] ~ "' as date)" if starts | length else none) }}
{%- endmacro %}
