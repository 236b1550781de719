{{ config(materialized='monthly') }}
-- the active customers of every group with what they bring to it
with

customer_months as (
    select * from {{ ref('int_customer_months_spined') }}
    where group_id is not null and status = 'active'
),

facts as (
    select * from {{ ref('fct_customer_months') }}
),

profits as (
    select * from {{ ref('fct_customer_profits') }}
),

final as (
    select
        customer_months.group_id,
        customer_months.customer_id,
        customer_months.period_month,
        customer_months.group_role,
        customer_months.branch_id,
        greatest(facts.loan_balance, facts.credit_line_amount) as exposure_amount,
        facts.deposit_average_balance_r12,
        facts.loan_average_balance_r12,
        profits.profit_contribution_r12_amount
    from customer_months
    inner join facts
        on
            customer_months.customer_id = facts.customer_id
            and customer_months.period_month = facts.period_month
    inner join profits
        on
            customer_months.customer_id = profits.customer_id
            and customer_months.period_month = profits.period_month
)

select * from final
