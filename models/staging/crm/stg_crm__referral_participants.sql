with

records as (
    select * from {{ ref('base_crm__referral_participants') }}
),

final as (
    select
        referral_id,
        department_id,
        share,
        batch_date,
        accepted_date
    from records
    where record_status = 'accepted'
)

select * from final
