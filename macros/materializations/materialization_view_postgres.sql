{#- A view, made anew in one transaction, on PostgreSQL; see the materialization of tables. -#}
{% materialization view, adapter='postgres' %}
    {{ return(replaced_relation('view', create_view_as(this.incorporate(type='view'), compiled_code))) }}
{% endmaterialization %}
