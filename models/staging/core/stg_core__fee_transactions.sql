with

records as (
    select * from {{ ref('base_core__fee_transactions') }}
),

final as (
    select
        transaction_id,
        customer_id,
        product_code,
        transaction_date,
        fee_amount,
        cost_amount,
        branch_id,
        batch_date,
        accepted_date
    from records
    where record_status = 'accepted'
)

select * from final
