{#-
    A table of whole months, of which the nightly command makes only those anew that the night's data can have changed (model
    int_rebuild_start): they are deleted, and the model's rows of these months inserted. Many months of many customers are made one
    span after another, so that one statement's memory is bounded whatever the history. The model's statement is the same either way;
    the engine pushes the condition down into it. It is all one transaction, and whoever runs dbt himself gets the whole table.
-#}
{% materialization monthly, default %}
    {%- set target = this.incorporate(type='table') -%}
    {%- set start = rebuild_start(this) -%}
    {%- set statements -%}
        {%- for months_from, months_until in month_spans(start) -%}
            {%- set months -%}
                select * from (
                    {{ compiled_code }}
                ) as months
                where period_month >= cast('{{ months_from }}' as date) and period_month < cast('{{ months_until }}' as date)
            {%- endset %}
            {{ set_session_date('months_from', months_from) }};
            {{ set_session_date('months_until', months_until) }};
            {%- if start and loop.first %}
            delete from {{ target }} where period_month >= cast('{{ start }}' as date);
            {%- endif %}
            {%- if start or not loop.first %}
            {{ inserted_rows(target, months) }};
            {%- else %}
            {{ create_table_as(false, target, months) }};
            {%- endif %}
        {%- endfor %}
    {%- endset -%}
    {{ return(made_relation(target, statements) if start else replaced_relation('table', statements)) }}
{% endmaterialization %}
