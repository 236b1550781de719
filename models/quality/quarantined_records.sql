with

{% for model in base_models() %}
{%- set contract = extract_contract(extract_of(model)) if execute else {'name': extract_of(model), 'columns': []} -%}
{{ contract.name }} as (
    select
        records.batch_date,
        '{{ contract.name }}' as extract,
        records.file_name as file,
        records.row_number,
        {{ landed_key(contract) or "''" }} as record_key,
        records.reason_codes,
        {{ landed_json(contract) }} as raw_record
    from {{ ref(verdict_model(model)) }} as records
    inner join {{ source('landing', contract.name) }} as landed
        on
            records.batch_date = landed.batch_date
            and records.file_name = landed.file_name
            and records.row_number = landed.row_number
    where records.record_status = 'quarantined'
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
