{#-
    The months from a start on, cut into spans of so many as the memory for one statement allows: each a first month and the
    month after the last. Without a start the first span begins before all months. The newest month is a span of its own: it is
    the one that nights make anew, and its rows then lie together at the table's end.
-#}
{% macro month_spans(start, customer_months=none) -%}
    {%- set beginning = start or '0100-01-01' -%}
    {%- set firsts = [beginning] -%}
    {#- a scratch database, which has no months, is filled at once -#}
    {%- if load_cached_relation(relation_of('int_months')) is not none -%}
        {%- set months = run_query(
            'select period_month from ' ~ relation_of('int_months') ~ " where period_month >= cast('" ~ beginning ~ "' as date) order by period_month"
        ).columns[0].values() -%}
        {%- set customers = run_query('select count(*) from ' ~ relation_of('int_customer_first_months')).columns[0].values()[0] -%}
        {%- set months_at_once = [(customer_months or 2000000) // ([customers, 1] | max), 1] | max -%}
        {%- for month in months[1:] -%}
            {%- if loop.last or loop.index % months_at_once == 0 -%}
                {%- do firsts.append(month) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(zip(firsts, firsts[1:] + ['9999-12-31']) | list) }}
{%- endmacro %}
