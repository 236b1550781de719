with

records as (
    select * from {{ ref('base_finance__cost_pools') }}
),

final as (
    select
        period_month,
        branch_id,
        pool_code,
        amount,
        batch_date,
        accepted_date
    from records
    where record_status = 'accepted'
)

select * from final
