{#-
    Whether a monthly model, or a view that it reads, needs the rows of a month for the months that are being made: these, and so
    many before them as its windows reach back. It changes no table; it spares the engine rows of which it cannot see that they are
    not needed.
-#}
{% macro is_needed(period_month, months_before=0) -%}
    {{ period_month }} >= {{ add_to_date('month', -months_before, session_date('months_from', '0100-01-01')) }}
    and {{ period_month }} < {{ session_date('months_until', '9999-12-31') }}
{%- endmacro %}
