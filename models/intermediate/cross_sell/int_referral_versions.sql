-- what CRM said of each referral, and from which batch on; a sale dated after its batch is known, and wrong
with

records as (
    select * from {{ ref('base_crm__referrals') }}
    where record_status = 'accepted' or reason_codes = 'out_of_range:sold_date'
),

final as (
    select
        referral_id,
        batch_date,
        file_name,
        row_number,
        accepted_date as known_date,
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
        record_status = 'quarantined' as is_sold_after_batch
    from records
)

select * from final
