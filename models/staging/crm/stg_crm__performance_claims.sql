with

records as (
    select * from {{ ref('base_crm__performance_claims') }}
),

final as (
    select
        claim_id,
        customer_id,
        branch_id,
        metric_code,
        claimed_share,
        claim_date,
        approved_by,
        batch_date,
        accepted_date
    from records
    where record_status = 'accepted'
)

select * from final
