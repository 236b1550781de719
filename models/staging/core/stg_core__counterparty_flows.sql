with

records as (
    select * from {{ ref('base_core__counterparty_flows') }}
),

final as (
    select
        flow_id,
        customer_id,
        direction,
        flow_date,
        amount,
        counterparty_name,
        counterparty_customer_id,
        batch_date,
        accepted_date
    from records
    where record_status = 'accepted'
)

select * from final
