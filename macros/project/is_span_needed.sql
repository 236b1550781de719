{#- Whether a span of days, half-open, reaches into the months that are being made; see `is_needed`. -#}
{% macro is_span_needed(from_date, to_date) -%}
    {{ to_date }} > {{ session_date('months_from', '0100-01-01') }}
    and {{ from_date }} < {{ session_date('months_until', '9999-12-31') }}
{%- endmacro %}
