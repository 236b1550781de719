{#- Whether the whole text matches a pattern (RE2 and POSIX agree on the ones used here). -#}
{% macro matches_pattern(text, pattern) -%}
    {{ return(adapter.dispatch('matches_pattern')(text, pattern)) }}
{%- endmacro %}

{% macro duckdb__matches_pattern(text, pattern) -%}
    regexp_full_match({{ text }}, '{{ pattern }}')
{%- endmacro %}

{#- `\d` is any script's digit there. -#}
{% macro postgres__matches_pattern(text, pattern) -%}
    ({{ text }} ~ '^(?:{{ pattern | replace('\\d', '[0-9]') }})$')
{%- endmacro %}
