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
    from {{ ref(model) }} as records
    inner join {{ source('landing', contract.name) }} as landed
        on
            records.batch_date = landed.batch_date
            and records.file_name = landed.file_name
            and records.row_number = landed.row_number
    where records.record_status = 'quarantined'
),

{% endfor -%}

referral_rules as (
    select
        records.batch_date,
        'referrals' as extract,
        records.file_name as file,
        records.row_number,
        records.referral_id as record_key,
        records.reason_codes,
        {{ landed_json(extract_contract('referrals') if execute else {'columns': []}) }} as raw_record
    from {{ ref('int_referrals_quarantined') }} as records
    inner join {{ source('landing', 'referrals') }} as landed
        on
            records.batch_date = landed.batch_date
            and records.file_name = landed.file_name
            and records.row_number = landed.row_number
),

final as (
    {% for model in base_models() -%}
    select * from {{ extract_of(model) }}
    {%- if not loop.last %}
    union all
    {% endif -%}
    {%- endfor %}
    union all
    select * from referral_rules
)

select * from final
