-- Which customers cost the bank more than they earn it, and which term makes the loss?
with

profits as (
    select * from {{ ref('fct_customer_profits') }}
    where profit_contribution_amount < 0
),

customers as (
    select * from {{ ref('dim_customers') }}
),

months as (
    select * from {{ ref('dim_months') }}
)

select
    profits.customer_id,
    customers.customer_name,
    customers.relationship_manager_id,
    case greatest(profits.capital_cost_amount, profits.operating_cost_amount, profits.credit_cost_amount)
        when profits.credit_cost_amount then 'credit cost'
        when profits.operating_cost_amount then 'operating cost'
        else 'capital cost'
    end as largest_cost,
    profits.revenue_amount,
    profits.capital_cost_amount,
    profits.operating_cost_amount,
    profits.credit_cost_amount,
    profits.profit_contribution_amount,
    profits.is_complete
from profits
inner join months
    on profits.period_month = months.period_month
inner join customers
    on profits.customer_id = customers.customer_id
where months.is_current
order by profits.profit_contribution_amount, profits.customer_id
limit 20
