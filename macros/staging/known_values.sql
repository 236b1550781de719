{#- The values a column may hold, with the batch from which they are known (none for reference seeds). -#}
{% macro known_values(column, contract) -%}
    {%- if column.lookup is defined -%}
        {%- for match in column.lookup.match %}
    select
        {{ match }} as known_key,
        {{ column.lookup.value }} as known_value,
        cast(null as date) as accepted_date
    from {{ ref(column.lookup.seed) }}
    where {{ match }} is not null{% if column.lookup.depth is defined %} and {{ column.lookup.depth }}{% endif %}
        {%- if not loop.last %}
    union all
        {%- endif -%}
        {%- endfor -%}
    {%- else -%}
        {%- set target = contract if column.references == contract.name else extract_contract(column.references) -%}
        {%- set target_key = key_columns(target)[0] %}
    select
        {{ target_key }} as known_key,
        {{ target_key }} as known_value,
        {%- if column.references == contract.name %}
        min(batch_date) as accepted_date
    from checked
    where row_issues is null
        {%- else %}
        min(accepted_date) as accepted_date
    from {{ ref(base_model(target)) }}
    where record_status = 'accepted'
        {%- endif %}
    group by {{ target_key }}
    {%- endif -%}
{%- endmacro %}
