{#- A table, made anew in one transaction, on PostgreSQL: views on the one before go with it, of which dbt's own materialization knows nothing. -#}
{% materialization table, adapter='postgres' %}
    {{ return(replaced_relation('table', create_table_as(false, this.incorporate(type='table'), compiled_code))) }}
{% endmaterialization %}
