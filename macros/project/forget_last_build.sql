{#-
    Takes away what the next nightly build would compare its input with, so that it keeps nothing: somebody runs dbt himself, perhaps
    with another day, key or code, and tables may be made of which the command does not know what they hold.
-#}
{% macro forget_last_build() -%}
    {#- the command says whether months are kept; whoever runs dbt himself says nothing -#}
    {%- if flags.WHICH in ['build', 'run', 'seed', 'retry', 'clone'] and env_var('BANKMART_KEEPS_MONTHS', 'by hand') == 'by hand' -%}
        drop table if exists {{ target.schema }}.kept_fingerprints
    {%- endif -%}
{%- endmacro %}
