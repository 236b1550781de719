{#-
    The day whose knowledge is replayed, as a date literal. In order: the variable `as_of_date` (unit tests), the
    environment variable BANKMART_AS_OF_DATE (the command; an environment variable, because a changed variable would make
    dbt parse the whole project again), the newest landed batch.
-#}
{% macro as_of_date() -%}
    {%- set given = var('as_of_date', none) or (env_var('BANKMART_AS_OF_DATE', '') if execute else '') -%}
    {%- if given -%}
        cast('{{ given }}' as date)
    {%- elif execute and flags.WHICH in ['build', 'run', 'run-operation', 'show', 'test'] -%}
        cast('{{ newest_batch_date() }}' as date)
    {%- else -%}
        {#- only linted or documented: no rows are read -#}
        cast('9999-12-31' as date)
    {%- endif -%}
{%- endmacro %}
