{#- Text as it is; a code by its accepted spellings. -#}
{% macro parse_code(column) -%}
    {%- if column.aliases is defined -%}
        case {{ column.name }}
            {%- for alias, code in column.aliases.items() %}
            when '{{ alias }}' then '{{ code }}'
            {%- endfor %}
            else {{ column.name }}
        end
    {%- else -%}
        {{ column.name }}
    {%- endif -%}
{%- endmacro %}
