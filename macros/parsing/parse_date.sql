{#- `2026-10-31`, `20261031` or `2026/10/31`; a day that does not exist is NULL. -#}
{% macro parse_date(text) -%}
    case
        when {{ matches_pattern(text, '\d{4}-\d{2}-\d{2}') }} then {{ try_cast(text, 'date') }}
        when {{ matches_pattern(text, '\d{4}/\d{2}/\d{2}') }} then {{ try_cast("replace(" ~ text ~ ", '/', '-')", 'date') }}
        when {{ matches_pattern(text, '\d{8}') }}
            then {{ try_cast("substr(" ~ text ~ ", 1, 4) || '-' || substr(" ~ text ~ ", 5, 2) || '-' || substr(" ~ text ~ ", 7, 2)", 'date') }}
    end
{%- endmacro %}
