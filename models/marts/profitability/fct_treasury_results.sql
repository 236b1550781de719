-- the other side of every transfer: what the treasury charges for loans and credits to deposits, so that the transfer income of
-- all instruments and the treasury's result sum to the interest between customers and the bank
with

instruments as (
    select * from {{ ref('fct_instrument_profits') }}
    where unpriced_reason is null
),

summed as (
    select
        period_month,
        coalesce(sum(case when instrument_type = 'loan' then interest_amount end), 0) as loan_interest_amount,
        coalesce(sum(case when instrument_type = 'account' then interest_amount end), 0) as deposit_interest_amount,
        coalesce(sum(case when instrument_type = 'loan' then funding_amount end), 0) as loan_funding_amount,
        coalesce(sum(case when instrument_type = 'account' then funding_amount end), 0) as deposit_funding_amount
    from instruments
    where instrument_type in ('loan', 'account')
    group by period_month
),

final as (
    select
        period_month,
        cast(loan_interest_amount as decimal(18, 2)) as loan_interest_amount,
        cast(deposit_interest_amount as decimal(18, 2)) as deposit_interest_amount,
        cast(loan_funding_amount as decimal(18, 2)) as loan_funding_amount,
        cast(deposit_funding_amount as decimal(18, 2)) as deposit_funding_amount,
        cast(loan_funding_amount - deposit_funding_amount as decimal(18, 2)) as treasury_result_amount
    from summed
)

select * from final
