{#- A value behind its reference check: a looked-up one by the seed's spelling, an industry with its section's letter, an unknown optional one emptied. -#}
{% macro resolved_value(column) -%}
    {%- if column.type == 'industry' -%}
        substr(known_{{ column.name }}.known_value, 1, 1) || ltrim(checked.{{ column.name }}, 'ABCDEFGHIJKLMNOPQRST')
    {%- elif column.lookup is defined and not column.is_checked_required -%}
        known_{{ column.name }}.known_value
    {%- elif column.references is defined and not column.is_checked_required -%}
        case when {{ is_unknown(column) }} then null else checked.{{ column.name }} end
    {%- else -%}
        checked.{{ column.staged_as }}
    {%- endif -%}
{%- endmacro %}
