with

records as (
    select * from {{ ref('base_core__deposit_balances') }}
),

final as (
    select
        account_id,
        balance_date,
        balance,
        interest_rate,
        batch_date,
        accepted_date
    from records
    where record_status = 'accepted'
)

select * from final
