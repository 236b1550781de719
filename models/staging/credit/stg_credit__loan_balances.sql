with

records as (
    select * from {{ ref('base_credit__loan_balances') }}
),

final as (
    select
        loan_id,
        balance_date,
        principal_balance,
        risk_grade,
        days_overdue,
        interest_rate,
        batch_date,
        accepted_date
    from records
    where record_status = 'accepted'
)

select * from final
