-- the bug it looks for: a transfer that one side books and the other does not
with

instruments as (
    select
        period_month,
        sum(coalesce(loan_transfer_amount, 0) + coalesce(deposit_transfer_amount, 0)) as transfer_amount
    from {{ ref('fct_instrument_profits') }}
    where instrument_type in ('loan', 'account') and unpriced_reason is null
    group by period_month
),

treasury as (
    select * from {{ ref('fct_treasury_results') }}
)

select
    instruments.period_month,
    instruments.transfer_amount,
    treasury.treasury_result_amount,
    treasury.loan_interest_amount - treasury.deposit_interest_amount as interest_amount
from instruments
left join treasury
    on instruments.period_month = treasury.period_month
where
    coalesce(
        instruments.transfer_amount + treasury.treasury_result_amount
        <> treasury.loan_interest_amount - treasury.deposit_interest_amount,
        true
    )
