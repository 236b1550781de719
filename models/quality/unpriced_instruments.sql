{{ config(materialized='monthly') }}
-- what counts 0 because a price is missing: balances without an exchange rate, transfer income without any other price; and what
-- lies before the first month of its customer
with

accounts as (
    select * from {{ ref('fct_instrument_profits') }}
    where instrument_type = 'account'
),

account_months as (
    select * from {{ ref('int_account_months') }}
),

loans as (
    select * from {{ ref('fct_instrument_profits') }}
    where instrument_type = 'loan'
),

loan_months as (
    select * from {{ ref('int_loan_months') }}
),

fees as (
    select * from {{ ref('stg_core__fee_transactions') }}
    where transaction_date <= {{ as_of_date() }}
),

months as (
    select * from {{ ref('int_months') }}
),

customer_months as (
    select * from {{ ref('int_customer_months_spined') }}
),

first_months as (
    select * from {{ ref('int_customer_first_months') }}
),

instruments as (
    select
        'account' as instrument_type,
        account_months.account_id as instrument_id,
        account_months.period_month,
        account_months.currency,
        case
            when
                account_months.rate_to_cny is null
                and (account_months.ytd_cent_days <> 0 or account_months.r12_cent_days <> 0)
                then 'no_fx_rate'
            else accounts.unpriced_reason
        end as reason
    from account_months
    inner join accounts
        on
            account_months.account_id = accounts.instrument_id
            and account_months.period_month = accounts.period_month
    union all
    select
        'loan' as instrument_type,
        loan_months.loan_id as instrument_id,
        loan_months.period_month,
        loan_months.currency,
        case
            when
                loan_months.rate_to_cny is null
                and (loan_months.ytd_cent_days <> 0 or loan_months.r12_cent_days <> 0)
                then 'no_fx_rate'
            else loans.unpriced_reason
        end as reason
    from loan_months
    inner join loans
        on
            loan_months.loan_id = loans.instrument_id
            and loan_months.period_month = loans.period_month
    union all
    {% for instrument in ['account', 'loan'] -%}
    select
        '{{ instrument }}' as instrument_type,
        {{ instrument }}_months.{{ instrument }}_id as instrument_id,
        {{ instrument }}_months.period_month,
        {{ instrument }}_months.currency,
        'before_first_month' as reason
    from {{ instrument }}_months
    inner join first_months
        on
            {{ instrument }}_months.customer_id = first_months.customer_id
            and {{ instrument }}_months.period_month < first_months.first_month
    where {{ instrument }}_months.cent_days <> 0
    union all
    {% endfor -%}
    select
        'fee' as instrument_type,
        fees.transaction_id as instrument_id,
        months.period_month,
        'CNY' as currency,
        'before_first_month' as reason
    from fees
    inner join months
        on {{ month_of('fees.transaction_date') }} = months.period_month
    left join customer_months
        on
            fees.customer_id = customer_months.customer_id
            and months.period_month = customer_months.period_month
    where customer_months.customer_id is null
),

final as (
    select
        instrument_type,
        instrument_id,
        period_month,
        currency,
        reason
    from instruments
    where reason is not null
)

select * from final
