{#-
    A table of whole months, of which the nightly command makes only those anew that the night's data can have changed (model
    int_rebuild_start): they are deleted, and the model's rows of these months inserted, in one transaction. The model's statement
    is the same either way; the engine pushes the condition down into it. Whoever runs dbt himself gets the whole table.
-#}
{% materialization monthly, default %}
    {%- set start = rebuild_start(this) -%}
    {%- if not start -%}
        {{ return(replaced_relation('table', create_table_as(false, this.incorporate(type='table'), compiled_code))) }}
    {%- endif -%}
    {{ run_hooks(pre_hooks) }}
    {%- call statement('main') -%}
        delete from {{ this }} where period_month >= {{ start }};
        insert into {{ this }} by name
        select * from (
            {{ compiled_code }}
        ) as months_made_anew
        where period_month >= {{ start }};
    {%- endcall -%}
    {{ run_hooks(post_hooks) }}
    {%- do adapter.commit() -%}
    {{ return({'relations': [this.incorporate(type='table')]}) }}
{% endmaterialization %}
