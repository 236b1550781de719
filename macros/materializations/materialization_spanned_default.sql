{#-
    A table of spans, from a first day (from_date) to the first day on which each no longer holds (to_date). The nightly command
    keeps those that end before the months that it makes anew; the others are made again from the records of these months and from
    the spans that last into them (`lasting_spans`). Whoever runs dbt himself gets the whole table.
-#}
{% materialization spanned, default %}
    {%- set target = this.incorporate(type='table') -%}
    {%- set start = rebuild_start(this) -%}
    {%- if not start -%}
        {{ return(replaced_relation('table', create_table_as(false, target, compiled_code))) }}
    {%- endif -%}
    {%- set spans = make_temp_relation(target, '__made_anew') -%}
    {%- set statements -%}
        {#- made before those are gone that it begins with -#}
        {{ create_table_as(true, spans, compiled_code) }};
        delete from {{ target }} where to_date >= cast('{{ start }}' as date);
        {{ inserted_rows(target, 'select * from ' ~ spans) }};
        drop table {{ spans }};
    {%- endset -%}
    {{ return(made_relation(target, statements)) }}
{% endmaterialization %}
