{#- Whether the whole text, which may have several lines, matches a pattern. -#}
{% macro matches_pattern(text, pattern) -%}
    {{ return(adapter.dispatch('matches_pattern')(text, pattern)) }}
{%- endmacro %}

{% macro duckdb__matches_pattern(text, pattern) -%}
    regexp_full_match({{ text }}, '{{ pattern }}', 's')
{%- endmacro %}

{#- `\d` is any script's digit there. -#}
{% macro postgres__matches_pattern(text, pattern) -%}
    ({{ text }} ~ '^(?:{{ pattern | replace('\\d', '[0-9]') }})$')
{%- endmacro %}
