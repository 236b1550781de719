with

records as (
    select * from {{ ref('base_crm__prospects') }}
),

final as (
    select
        prospect_id,
        {{ shown_name(ref('base_crm__prospects')) }} as customer_name,
        party_type,
        industry_code,
        region_code,
        branch_id,
        unified_social_credit_code,
        source,
        batch_date,
        accepted_date,
        {{ in_force_columns('prospect_id') }}
    from records
    where record_status = 'accepted'
)

select * from final
