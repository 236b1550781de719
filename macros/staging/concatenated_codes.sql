{#- Code expressions joined by semicolons; NULL where all are NULL, which is decided before any text is built. -#}
{% macro concatenated_codes(issues) -%}
    {%- set issues = issues | reject('equalto', 'cast(null as varchar)') | list -%}
    {%- if not issues -%}
        cast(null as varchar)
    {%- elif issues | length == 1 -%}
        {{ issues[0] }}
    {%- else -%}
        case when coalesce({{ issues | join(', ') }}) is not null then concat_ws(';', {{ issues | join(', ') }}) end
    {%- endif -%}
{%- endmacro %}
