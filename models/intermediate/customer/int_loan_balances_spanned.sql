{{ config(materialized='spanned') }}
-- depends_on: {{ ref('int_rebuild_start') }}
-- a balance, its grade and its rate hold until the next record of the loan
with

records as (
    select
        loan_id,
        balance_date,
        principal_balance as balance,
        risk_grade,
        interest_rate
    from {{ ref('stg_credit__loan_balances') }}
    where balance_date <= {{ as_of_date() }} and {{ is_made_anew('balance_date', this) }}
    {{ lasting_spans(['loan_id', 'balance_date', 'balance', 'risk_grade', 'interest_rate'], 'balance_date') }}
),

final as (
    select
        loan_id,
        balance_date as from_date,
        coalesce(
            lead(balance_date) over (partition by loan_id order by balance_date),
            {{ add_to_date('day', 1, as_of_date()) }}
        ) as to_date,
        balance,
        risk_grade,
        interest_rate
    from records
)

select * from final
