{{ config(materialized='monthly') }}
-- the terms of the profit formula of every customer and month, each the sum over what he holds
with

customer_months as (
    select * from {{ ref('fct_customer_months') }}
    where {{ is_needed('period_month') }}
),

loans as (
    select
        customer_id,
        period_month,
        sum(loan_transfer_amount) as loan_transfer_amount,
        sum(capital_cost_amount) as capital_cost_amount,
        sum(economic_capital_amount) as economic_capital_amount,
        sum(credit_cost_amount) as credit_cost_amount,
        count(unpriced_reason) as unpriced_count
    from {{ ref('int_loan_profits') }}
    where {{ is_needed('period_month') }}
    group by customer_id, period_month
),

deposits as (
    select
        customer_id,
        period_month,
        sum(deposit_transfer_amount) as deposit_transfer_amount,
        count(unpriced_reason) as unpriced_count
    from {{ ref('int_account_profits') }}
    where {{ is_needed('period_month') }}
    group by customer_id, period_month
),

operating_costs as (
    select * from {{ ref('int_customer_operating_costs') }}
),

final as (
    select
        customer_months.customer_id,
        customer_months.branch_id,
        customer_months.period_month,
        cast(coalesce(loans.loan_transfer_amount, 0) as decimal(18, 2)) as loan_transfer_amount,
        cast(coalesce(deposits.deposit_transfer_amount, 0) as decimal(18, 2)) as deposit_transfer_amount,
        customer_months.net_fee_amount,
        cast(coalesce(loans.capital_cost_amount, 0) as decimal(18, 2)) as capital_cost_amount,
        cast(operating_costs.cost_amount + operating_costs.tax_amount as decimal(18, 2)) as operating_cost_amount,
        operating_costs.tax_amount,
        cast(coalesce(loans.credit_cost_amount, 0) as decimal(18, 2)) as credit_cost_amount,
        cast(coalesce(loans.economic_capital_amount, 0) as decimal(18, 2)) as economic_capital_amount,
        coalesce(loans.unpriced_count, 0) + coalesce(deposits.unpriced_count, 0) = 0 as is_complete
    from customer_months
    inner join operating_costs
        on
            customer_months.customer_id = operating_costs.customer_id
            and customer_months.period_month = operating_costs.period_month
    left join loans
        on
            customer_months.customer_id = loans.customer_id
            and customer_months.period_month = loans.period_month
    left join deposits
        on
            customer_months.customer_id = deposits.customer_id
            and customer_months.period_month = deposits.period_month
)

select * from final
