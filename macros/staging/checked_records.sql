{#- The steps from landed rows, by default all up to the as-of date, to `checked`: each value parsed, and what is wrong with the row itself. -#}
{% macro checked_records(contract, landed=none) -%}
landed as (
    {% if landed -%}
    {{ landed }}
    {%- else -%}
    select * from {{ source('landing', contract.name) }}
    where batch_date <= {{ as_of_date() }}
    {%- endif %}
),

cleaned as (
    select
        batch_date,
        file_name,
        row_number
        {%- for column in contract.columns %},
        {{ clean_value(column) }} as {{ column.name }}
        {%- if column.sql_type != 'varchar' %},
        {{ column.name }}__typed
        {%- endif %}
        {%- endfor %}
    from landed
),

parsed as (
    select
        batch_date,
        file_name,
        row_number
        {%- for column in contract.columns %},
        {{ parse_value(column) }} as {{ column.name }}
        {%- if column.sql_type != 'varchar' %},
        {{ column.name }} as {{ column.name }}__text
        {%- endif %}
        {%- endfor %}
    from cleaned
),

checked as (
    select
        batch_date,
        file_name,
        row_number
        {%- for column in contract.columns %},
        {{ usable_value(column) }} as {{ column.staged_as }}
        {%- endfor %},
        {{ joined_codes(contract.columns | selectattr('is_checked_required') | list) }} as row_issues,
        {{ joined_codes(contract.columns | rejectattr('is_checked_required') | list) }} as value_issues
    from parsed
)
{%- endmacro %}
