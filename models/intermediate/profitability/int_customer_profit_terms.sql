{{ config(materialized='monthly') }}
-- the terms of the profit formula of every customer and month, each the sum over what he holds
with

customer_months as (
    select * from {{ ref('fct_customer_months') }}
    where {{ is_needed('period_month') }}
),

instruments as (
    select
        customer_id,
        period_month,
        sum(loan_transfer_amount) as loan_transfer_amount,
        sum(deposit_transfer_amount) as deposit_transfer_amount,
        sum(capital_cost_amount) as capital_cost_amount,
        sum(economic_capital_amount) as economic_capital_amount,
        sum(credit_cost_amount) as credit_cost_amount,
        count(unpriced_reason) as unpriced_count
    from {{ ref('fct_instrument_profits') }}
    where instrument_type in ('loan', 'account') and {{ is_needed('period_month') }}
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
        cast(coalesce(instruments.loan_transfer_amount, 0) as decimal(18, 2)) as loan_transfer_amount,
        cast(coalesce(instruments.deposit_transfer_amount, 0) as decimal(18, 2)) as deposit_transfer_amount,
        customer_months.net_fee_amount,
        cast(coalesce(instruments.capital_cost_amount, 0) as decimal(18, 2)) as capital_cost_amount,
        cast(operating_costs.cost_amount + operating_costs.tax_amount as decimal(18, 2)) as operating_cost_amount,
        operating_costs.tax_amount,
        cast(coalesce(instruments.credit_cost_amount, 0) as decimal(18, 2)) as credit_cost_amount,
        cast(coalesce(instruments.economic_capital_amount, 0) as decimal(18, 2)) as economic_capital_amount,
        coalesce(instruments.unpriced_count, 0) = 0 as is_complete
    from customer_months
    inner join operating_costs
        on
            customer_months.customer_id = operating_costs.customer_id
            and customer_months.period_month = operating_costs.period_month
    left join instruments
        on
            customer_months.customer_id = instruments.customer_id
            and customer_months.period_month = instruments.period_month
)

select * from final
