{#-
    The name of an organization as two spellings of it are compared: capital letters, plain brackets, no blanks, dots or commas.
-#}
{% macro normalised_name(name) -%}
    upper(translate({{ name }}, '（）{{ " \t\r\n\u00a0\u3000" }}.,，．·', '()'))
{%- endmacro %}
