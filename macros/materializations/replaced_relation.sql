{#- Takes away what stands under the model's name and makes the new relation by a statement, both in one transaction. -#}
{% macro replaced_relation(type, create_statement) -%}
    {%- set existing = load_cached_relation(this) -%}
    {{ run_hooks(pre_hooks) }}
    {%- call statement('main') -%}
        {%- if existing is not none -%}
            drop {{ existing.type }} if exists {{ existing }} cascade;
        {%- endif -%}
        {{ create_statement }}
    {%- endcall -%}
    {{ run_hooks(post_hooks) }}
    {%- do adapter.commit() -%}
    {{ return({'relations': [this.incorporate(type=type)]}) }}
{%- endmacro %}
