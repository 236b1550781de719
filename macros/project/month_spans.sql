{#-
    The months from a start on, cut into spans of so many as the memory for one statement allows: each a first month and the
    month after the last. Without a start the first span begins before all months.
-#}
{% macro month_spans(start, customer_months=2000000) -%}
    {%- set months, customers = [], 1 -%}
    {#- a scratch database, which has neither, is filled at once -#}
    {%- if load_cached_relation(relation_of('int_months')) is not none -%}
        {%- set months = run_query(
            'select period_month from ' ~ relation_of('int_months') ~ " where period_month >= cast('" ~ (start or '0100-01-01') ~ "' as date) order by period_month"
        ).columns[0].values() | list -%}
        {%- set customers = run_query('select count(*) from ' ~ relation_of('int_customer_first_months')).columns[0].values()[0] -%}
    {%- endif -%}
    {%- set bounds = [start or '0100-01-01'] -%}
    {%- for span in (months | batch([customer_months // ([customers, 1] | max), 1] | max) | list)[1:] -%}
        {%- do bounds.append(span[0]) -%}
    {%- endfor -%}
    {%- do bounds.append('9999-12-31') -%}
    {%- set spans = [] -%}
    {%- for bound in bounds[1:] -%}
        {%- do spans.append((bounds[loop.index0], bound)) -%}
    {%- endfor -%}
    {{ return(spans) }}
{%- endmacro %}
