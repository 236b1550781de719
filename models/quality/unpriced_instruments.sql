with

account_months as (
    select * from {{ ref('int_account_months_attributed') }}
),

loan_months as (
    select * from {{ ref('int_loan_months_attributed') }}
),

instruments as (
    select
        'account' as instrument_type,
        account_id as instrument_id,
        currency,
        period_month,
        rate_to_cny,
        balance,
        ytd_cent_days,
        r12_cent_days
    from account_months
    union all
    select
        'loan' as instrument_type,
        loan_id as instrument_id,
        currency,
        period_month,
        rate_to_cny,
        balance,
        ytd_cent_days,
        r12_cent_days
    from loan_months
),

final as (
    select
        instrument_type,
        instrument_id,
        period_month,
        currency,
        'no_fx_rate' as reason
    from instruments
    where
        rate_to_cny is null
        and (balance <> 0 or ytd_cent_days <> 0 or r12_cent_days <> 0)
)

select * from final
