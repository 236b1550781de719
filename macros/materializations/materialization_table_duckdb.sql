{#-
    A table, made anew in one transaction. The engine's own materialization makes it under another name and renames twice, which
    costs a third of a small model's time; DuckDB's transactions cover the change of tables, so that a build that is killed leaves
    the table before.
-#}
{% materialization table, adapter='duckdb' %}
    {{ return(replaced_relation('table', create_table_as(false, this.incorporate(type='table'), compiled_code))) }}
{% endmaterialization %}
