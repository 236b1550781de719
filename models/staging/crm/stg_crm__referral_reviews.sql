with

records as (
    select * from {{ ref('base_crm__referral_reviews') }}
),

final as (
    select
        review_id,
        referral_id,
        review_type,
        review_date,
        outcome,
        note,
        batch_date,
        accepted_date
    from records
    where record_status = 'accepted'
)

select * from final
