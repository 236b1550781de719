{#- The name of a person as marts show it: the first character, then two stars (王**). -#}
{% macro masked_name(name) -%}
    substr({{ name }}, 1, 1) || '**'
{%- endmacro %}
