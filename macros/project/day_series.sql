{#- One row per day from the first to the last, both dates, in column `calendar_date`; no row when the first is NULL. -#}
{% macro day_series(first_day, last_day) -%}
    {{ return(adapter.dispatch('day_series')(first_day, last_day)) }}
{%- endmacro %}

{% macro duckdb__day_series(first_day, last_day) -%}
    select cast(unnest(generate_series({{ first_day }}, {{ last_day }}, interval 1 day)) as date) as calendar_date
{%- endmacro %}

{% macro postgres__day_series(first_day, last_day) -%}
    select cast(generate_series(cast({{ first_day }} as timestamp), cast({{ last_day }} as timestamp), interval '1 day') as date) as calendar_date
{%- endmacro %}
