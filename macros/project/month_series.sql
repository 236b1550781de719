{#- One row per month from the first to the last, both dates, in column `period_month`; no row when the first is NULL. -#}
{% macro month_series(first_month, last_month) -%}
    {{ return(adapter.dispatch('month_series')(first_month, last_month)) }}
{%- endmacro %}

{% macro duckdb__month_series(first_month, last_month) -%}
    select cast(unnest(generate_series({{ first_month }}, {{ last_month }}, interval 1 month)) as date) as period_month
{%- endmacro %}


{#- Calendar days from one date to another. -#}
{% macro days_between(from_date, to_date) -%}
    {{ return(adapter.dispatch('days_between')(from_date, to_date)) }}
{%- endmacro %}

{% macro duckdb__days_between(from_date, to_date) -%}
    ({{ to_date }} - {{ from_date }})
{%- endmacro %}


{#- A date so many days or months later, as a date. -#}
{% macro add_to_date(unit, number, from_date) -%}
    cast({{ dbt.dateadd(unit, number, from_date) }} as date)
{%- endmacro %}


{#- First day of a date's month, as a date. -#}
{% macro month_of(date_value) -%}
    cast({{ dbt.date_trunc('month', date_value) }} as date)
{%- endmacro %}
