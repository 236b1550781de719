{#- One row per month from the first to the last, both dates, in column `period_month`; no row when the first is NULL. -#}
{% macro month_series(first_month, last_month) -%}
    {{ return(adapter.dispatch('month_series')(first_month, last_month)) }}
{%- endmacro %}

{% macro duckdb__month_series(first_month, last_month) -%}
    select cast(unnest(generate_series({{ first_month }}, {{ last_month }}, interval 1 month)) as date) as period_month
{%- endmacro %}

{% macro postgres__month_series(first_month, last_month) -%}
    select cast(generate_series(cast({{ first_month }} as timestamp), cast({{ last_month }} as timestamp), interval '1 month') as date) as period_month
{%- endmacro %}
