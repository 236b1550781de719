{#- Takes away what stands under the model's name and makes the new relation by statements, all in one transaction. -#}
{% macro replaced_relation(type, create_statements) -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set statements -%}
        {%- if existing is not none -%}
            drop {{ existing.type }} if exists {{ existing }} cascade;
        {%- endif -%}
        {{ create_statements }}
    {%- endset -%}
    {{ return(made_relation(this.incorporate(type=type), statements)) }}
{%- endmacro %}
