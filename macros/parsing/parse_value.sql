{#-
    A cleaned value as its contract type, NULL where it is empty or unreadable. A delivery that was typed already stands in
    `<column>__typed` and is taken as it is; text is parsed once.
-#}
{% macro parse_value(column) -%}
    {%- if column.sql_type == 'varchar' -%}
        {{ parse_code(column) }}
    {%- elif column.sql_type == 'date' -%}
        coalesce({{ column.name }}__typed, {{ parse_date(column.name) }})
    {%- elif column.sql_type == 'boolean' -%}
        coalesce({{ column.name }}__typed, {{ parse_boolean(column.name) }})
    {%- else -%}
        coalesce({{ column.name }}__typed, {{ parse_number(column.name, column.sql_type) }})
    {%- endif -%}
{%- endmacro %}


{#- A landed value trimmed; everything but names and remarks with plain digits. -#}
{% macro clean_value(column) -%}
    {{ clean_text(column.name, digits=column.type not in ['name', 'text']) }}
{%- endmacro %}


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


{#- `2026-10-31`, `20261031` or `2026/10/31`; a day that does not exist is NULL. -#}
{% macro parse_date(text) -%}
    case
        when {{ matches_pattern(text, '\d{4}-\d{2}-\d{2}') }} then {{ try_cast(text, 'date') }}
        when {{ matches_pattern(text, '\d{4}/\d{2}/\d{2}') }} then {{ try_cast("replace(" ~ text ~ ", '/', '-')", 'date') }}
        when {{ matches_pattern(text, '\d{8}') }}
            then {{ try_cast("substr(" ~ text ~ ", 1, 4) || '-' || substr(" ~ text ~ ", 5, 2) || '-' || substr(" ~ text ~ ", 7, 2)", 'date') }}
    end
{%- endmacro %}


{#- A number written in digits: thousands commas in their places, no more decimals than the type holds (zeros aside). -#}
{% macro parse_number(text, type) -%}
    case
        when {{ matches_pattern(text, number_pattern(type)) }} then {{ try_cast("replace(" ~ text ~ ", ',', '')", type) }}
    end
{%- endmacro %}


{#- How a number of the type may be written. -#}
{% macro number_pattern(type) -%}
    {%- set whole = '(\d+|\d{1,3}(,\d{3})+)' -%}
    {%- set scale = number_scale(type) -%}
    {%- if scale -%}
        [+-]?({{ whole }}(\.\d{0,{{ scale }}}0*)?|\.\d{1,{{ scale }}}0*)
    {%- else -%}
        [+-]?{{ whole }}(\.0*)?
    {%- endif -%}
{%- endmacro %}


{#- Decimals of a numeric type. -#}
{% macro number_scale(type) -%}
    {{ return(type.split(',')[1].rstrip(')') | int if ',' in type else 0) }}
{%- endmacro %}


{#- true/false, 1/0, Y/N or 是/否, in either case. -#}
{% macro parse_boolean(text) -%}
    case
        when lower({{ text }}) in ('true', '1', 'y', '是') then true
        when lower({{ text }}) in ('false', '0', 'n', '否') then false
    end
{%- endmacro %}
