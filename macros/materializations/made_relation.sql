{#- Runs a model's statements between its hooks, all in one transaction, and says which relation it has made. -#}
{% macro made_relation(relation, statements) -%}
    {{ run_hooks(pre_hooks) }}
    {%- call statement('main') -%}
        {{ statements }}
    {%- endcall -%}
    {{ run_hooks(post_hooks) }}
    {%- do adapter.commit() -%}
    {{ return({'relations': [relation]}) }}
{%- endmacro %}
