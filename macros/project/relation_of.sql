{#- The relation of a model, for macros that no model calls; where `ref` can be used, it is to be. -#}
{% macro relation_of(model) -%}
    {%- set node = graph.nodes['model.bankmart.' ~ model] -%}
    {{ return(api.Relation.create(node.database, node.schema, node.alias)) }}
{%- endmacro %}
