{#- The extract that a base model stages. -#}
{% macro extract_of(base_model) -%}
    {{ return(base_model.split('__')[1]) }}
{%- endmacro %}
