{{ config(materialized='monthly') }}
-- every term of the formula where it arises: loans, accounts and fees; months and customers are sums of these rows
with

loans as (
    select * from {{ ref('int_loan_profits') }}
),

accounts as (
    select * from {{ ref('int_account_profits') }}
),

fees as (
    select * from {{ ref('stg_core__fee_transactions') }}
    where transaction_date <= {{ as_of_date() }}
),

months as (
    select * from {{ ref('int_months') }}
),

-- a fee of a month before its customer's first one stands in quality.unpriced_instruments
customer_months as (
    select * from {{ ref('int_customer_months_spined') }}
),

instruments as (
    select
        'loan' as instrument_type,
        loan_id as instrument_id,
        customer_id,
        product_code,
        branch_id,
        ftp_method,
        exposure_class_code,
        unpriced_reason,
        period_month,
        pricing_date,
        tenor_months,
        average_balance,
        customer_rate,
        ftp_rate,
        interest_amount,
        interest_amount - loan_transfer_amount as funding_amount,
        loan_transfer_amount,
        cast(null as decimal(18, 2)) as deposit_transfer_amount,
        cast(null as decimal(18, 2)) as net_fee_amount,
        capital_cost_amount,
        economic_capital_amount,
        credit_cost_amount
    from loans
    union all
    select
        'account' as instrument_type,
        account_id as instrument_id,
        customer_id,
        product_code,
        branch_id,
        ftp_method,
        cast(null as varchar) as exposure_class_code,
        unpriced_reason,
        period_month,
        pricing_date,
        tenor_months,
        average_balance,
        customer_rate,
        ftp_rate,
        interest_amount,
        interest_amount + deposit_transfer_amount as funding_amount,
        cast(null as decimal(18, 2)) as loan_transfer_amount,
        deposit_transfer_amount,
        cast(null as decimal(18, 2)) as net_fee_amount,
        cast(null as decimal(18, 2)) as capital_cost_amount,
        cast(null as decimal(18, 2)) as economic_capital_amount,
        cast(null as decimal(18, 2)) as credit_cost_amount
    from accounts
    union all
    select
        'fee' as instrument_type,
        fees.transaction_id as instrument_id,
        fees.customer_id,
        fees.product_code,
        fees.branch_id,
        cast(null as varchar) as ftp_method,
        cast(null as varchar) as exposure_class_code,
        cast(null as varchar) as unpriced_reason,
        months.period_month,
        cast(null as date) as pricing_date,
        cast(null as integer) as tenor_months,
        cast(null as decimal(18, 2)) as average_balance,
        cast(null as decimal(18, 8)) as customer_rate,
        cast(null as decimal(18, 8)) as ftp_rate,
        cast(null as decimal(18, 2)) as interest_amount,
        cast(null as decimal(18, 2)) as funding_amount,
        cast(null as decimal(18, 2)) as loan_transfer_amount,
        cast(null as decimal(18, 2)) as deposit_transfer_amount,
        cast(fees.fee_amount - coalesce(fees.cost_amount, 0) as decimal(18, 2)) as net_fee_amount,
        cast(null as decimal(18, 2)) as capital_cost_amount,
        cast(null as decimal(18, 2)) as economic_capital_amount,
        cast(null as decimal(18, 2)) as credit_cost_amount
    from fees
    inner join months
        on {{ month_of('fees.transaction_date') }} = months.period_month
    inner join customer_months
        on
            fees.customer_id = customer_months.customer_id
            and months.period_month = customer_months.period_month
),

final as (
    select
        instrument_type,
        instrument_id,
        customer_id,
        product_code,
        branch_id,
        ftp_method,
        exposure_class_code,
        unpriced_reason,
        period_month,
        pricing_date,
        tenor_months,
        average_balance,
        customer_rate,
        ftp_rate,
        interest_amount,
        cast(funding_amount as decimal(18, 2)) as funding_amount,
        loan_transfer_amount,
        deposit_transfer_amount,
        net_fee_amount,
        capital_cost_amount,
        economic_capital_amount,
        credit_cost_amount
    from instruments
)

select * from final
