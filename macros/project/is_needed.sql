{#-
    Whether a month is among those that a build makes anew of a monthly table (by default the model's own), or among so many before
    them as its windows reach back. It changes no table; it spares the engine rows, and the tests months that passed them before.
-#}
{% macro is_needed(period_month, months_before=0, relation=none) -%}
    {%- set start = rebuild_start(relation or this) -%}
    {%- if start -%}
        {{ period_month }} >= {{ add_to_date('month', -months_before, start) }}
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}
