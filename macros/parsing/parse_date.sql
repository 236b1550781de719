{#- `2026-10-31`, `20261031` or `2026/10/31`; a day that does not exist, or lies before the year 1000, is NULL. -#}
{% macro parse_date(text) -%}
    case
        when {{ matches_pattern(text, '[1-9]\d{3}-\d{2}-\d{2}') }} then {{ try_cast(text, 'date') }}
        when {{ matches_pattern(text, '[1-9]\d{3}/\d{2}/\d{2}') }} then {{ try_cast("replace(" ~ text ~ ", '/', '-')", 'date') }}
        when {{ matches_pattern(text, '[1-9]\d{7}') }}
            then {{ try_cast("substr(" ~ text ~ ", 1, 4) || '-' || substr(" ~ text ~ ", 5, 2) || '-' || substr(" ~ text ~ ", 7, 2)", 'date') }}
    end
{%- endmacro %}
