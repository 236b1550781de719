with

{% for model in base_models() %}
{%- set contract = extract_contract(extract_of(model)) if execute else {'name': extract_of(model), 'columns': []} -%}
{{ contract.name }}_codes as (
    {{ split_codes(ref(model), 'emptied_codes') }}
    where emptied_codes is not null
),

{{ contract.name }} as (
    select
        records.batch_date,
        '{{ contract.name }}' as extract,
        records.file_name as file,
        records.row_number,
        {{ dbt.split_part('records.code', "':'", 2) }} as column_name,
        {{ landed_key(contract) or "''" }} as record_key,
        records.code as reason_code,
        case {{ dbt.split_part('records.code', "':'", 2) }}
            {%- for column in contract.columns %}
            when '{{ column.name }}' then {{ landed_text(column) }}
            {%- endfor %}
        end as raw_value
    from {{ contract.name }}_codes as records
    inner join {{ source('landing', contract.name) }} as landed
        on
            records.batch_date = landed.batch_date
            and records.file_name = landed.file_name
            and records.row_number = landed.row_number
),

{% endfor -%}

final as (
    {% for model in base_models() -%}
    select * from {{ extract_of(model) }}
    {%- if not loop.last %}
    union all
    {% endif -%}
    {%- endfor %}
)

select * from final
