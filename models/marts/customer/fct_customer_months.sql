{{ config(materialized='monthly') }}
with

customer_months as (
    select * from {{ ref('int_customer_months_spined') }}
),

loans as (
    select * from {{ ref('int_customer_loan_balances') }}
),

deposits as (
    select * from {{ ref('int_customer_deposit_balances') }}
),

credit_lines as (
    select * from {{ ref('int_customer_credit_lines') }}
    where {{ is_needed('period_month') }}
),

net_fees as (
    select * from {{ ref('int_customer_net_fees') }}
),

products_held as (
    select * from {{ ref('int_customer_products_held') }}
),

final as (
    select
        customer_months.customer_id,
        customer_months.branch_id,
        customer_months.party_type,
        customer_months.region_code,
        customer_months.period_month,
        customer_months.period_end_date,
        coalesce(loans.loan_balance, 0) as loan_balance,
        coalesce(loans.loan_average_balance, 0) as loan_average_balance,
        coalesce(loans.loan_average_balance_ytd, 0) as loan_average_balance_ytd,
        coalesce(loans.loan_average_balance_r12, 0) as loan_average_balance_r12,
        coalesce(deposits.deposit_balance, 0) as deposit_balance,
        coalesce(deposits.deposit_average_balance, 0) as deposit_average_balance,
        coalesce(deposits.deposit_average_balance_ytd, 0) as deposit_average_balance_ytd,
        coalesce(deposits.deposit_average_balance_r12, 0) as deposit_average_balance_r12,
        cast(coalesce(credit_lines.credit_line_amount, 0) as decimal(18, 2)) as credit_line_amount,
        cast(coalesce(net_fees.net_fee_amount, 0) as decimal(18, 2)) as net_fee_amount,
        cast(coalesce(products_held.product_count, 0) as integer) as product_count,
        cast(coalesce(products_held.active_account_count, 0) as integer) as active_account_count,
        coalesce(loans.loan_balance, 0) > 0 or credit_lines.customer_id is not null as is_credit_customer
    from customer_months
    left join loans
        on
            customer_months.customer_id = loans.customer_id
            and customer_months.period_month = loans.period_month
    left join deposits
        on
            customer_months.customer_id = deposits.customer_id
            and customer_months.period_month = deposits.period_month
    left join credit_lines
        on
            customer_months.customer_id = credit_lines.customer_id
            and customer_months.period_month = credit_lines.period_month
    left join net_fees
        on
            customer_months.customer_id = net_fees.customer_id
            and customer_months.period_month = net_fees.period_month
    left join products_held
        on
            customer_months.customer_id = products_held.customer_id
            and customer_months.period_month = products_held.period_month
)

select * from final
