with

records as (
    select * from {{ ref('base_core__product_holdings') }}
),

final as (
    select
        holding_id,
        customer_id,
        product_code,
        signed_date,
        ended_date,
        is_active,
        batch_date,
        accepted_date
    from records
    where record_status = 'accepted'
)

select * from final
