{#- true/false, 1/0, Y/N or 是/否, in either case. -#}
{% macro parse_boolean(text) -%}
    case
        when lower({{ text }}) in ('true', '1', 'y', '是') then true
        when lower({{ text }}) in ('false', '0', 'n', '否') then false
    end
{%- endmacro %}
