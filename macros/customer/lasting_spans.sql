{#-
    What a night's statement of spans (materialization `spanned`) has besides the records of the months that it makes anew: the
    spans of the table that last into these, as records of the day on which each began. Nothing where all spans are made.
-#}
{% macro lasting_spans(columns, record_date) -%}
    {%- set start = rebuild_start(this) -%}
    {%- if start %}
    union all
    select
        {%- for column in columns %}
        {{ 'from_date as ' ~ column if column == record_date else column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ this }}
    where from_date < cast('{{ start }}' as date) and to_date >= cast('{{ start }}' as date)
    {%- endif %}
{%- endmacro %}
