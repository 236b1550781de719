{#-
    A table of staged records (`stage_records`) that keeps its verdicts from build to build: a night judges the rows of its new
    batches, and of the older ones those that they can change (`records_to_judge`). The rows are those of the model's whole
    statement, in another order, which is all that is run where nothing may be kept (`verdicts_kept_until`) or most rows are to be
    judged. An extract that refers to itself is beyond what is kept, and stays a table.
-#}
{% materialization staged_records, default %}
    {%- set contract = extract_contract(extract_of(model.name)) -%}
    {%- if contract.columns | selectattr('references', 'equalto', contract.name) | list -%}
        {{ exceptions.raise_compiler_error(model.name ~ ': an extract that refers to itself cannot keep its verdicts') }}
    {%- endif -%}
    {%- set target = this.incorporate(type='table') -%}
    {%- set origins = make_temp_relation(target, '__to_judge') -%}
    {%- set until = verdicts_kept_until(this, contract) -%}
    {%- if until -%}
        {%- set delivered -%}
            select * from {{ source('landing', contract.name) }}
            where batch_date > cast('{{ until }}' as date) and batch_date <= {{ as_of_date() }}
        {%- endset -%}
        {%- call statement('origins') -%}
            {{ create_table_as(true, origins, records_to_judge(contract, target, delivered)) }}
        {%- endcall -%}
        {#- what is delivered whole every night is judged whole: to pick most rows out of a table costs more than to make it -#}
        {%- set few -%}
            select 2 * (select count(*) from {{ origins }}) < (select count(*) from {{ target }})
        {%- endset -%}
        {%- if not run_query(few).columns[0].values()[0] -%}
            {%- do run_query('drop table ' ~ origins) -%}
            {%- set until = none -%}
        {%- endif -%}
    {%- endif -%}
    {%- if not until -%}
        {{ return(replaced_relation('table', create_table_as(false, target, compiled_code))) }}
    {%- endif -%}
    {%- set is_same_record -%}
        records.batch_date = origins.batch_date and records.file_name = origins.file_name and records.row_number = origins.row_number
    {%- endset -%}
    {#- without a day named, the engine would read all that is landed -#}
    {%- set days = run_query('select distinct batch_date from ' ~ origins).columns[0].values() -%}
    {%- set landed -%}
        {{ delivered }}
        {%- if days %}
        union all
        select records.*
        from {{ source('landing', contract.name) }} as records
        inner join {{ origins }} as origins
            on {{ is_same_record }}
        where records.batch_date in (cast('{{ days | join("' as date), cast('") }}' as date))
        {%- endif -%}
    {%- endset -%}
    {%- set statements -%}
        delete from {{ target }} as records where exists (select 1 from {{ origins }} as origins where {{ is_same_record }});
        {{ inserted_rows(target, staged_records_sql(contract, landed)) }};
        drop table {{ origins }};
    {%- endset -%}
    {{ return(made_relation(target, statements)) }}
{% endmaterialization %}
