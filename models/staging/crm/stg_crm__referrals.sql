with

records as (
    select * from {{ ref('base_crm__referrals') }}
),

final as (
    select
        referral_id,
        product_code,
        sold_date,
        quantity,
        amount,
        lead_department_id,
        source_customer_id,
        buyer_customer_id,
        outlet_branch_id,
        project_id,
        status,
        batch_date,
        accepted_date
    from records
    where record_status = 'accepted'
)

select * from final
