-- What did the customers of each branch contribute over twelve months, and which cost weighs most?
with

profits as (
    select * from {{ ref('fct_customer_profits') }}
),

newest_month as (
    select max(period_month) as period_month from profits
)

select
    profits.branch_id,
    count(*) as customer_count,
    sum(profits.revenue_r12_amount) as revenue_r12_amount,
    sum(profits.capital_cost_r12_amount) as capital_cost_r12_amount,
    sum(profits.operating_cost_r12_amount) as operating_cost_r12_amount,
    sum(profits.credit_cost_r12_amount) as credit_cost_r12_amount,
    sum(profits.profit_contribution_r12_amount) as profit_contribution_r12_amount
from profits
inner join newest_month
    on profits.period_month = newest_month.period_month
group by profits.branch_id
order by profit_contribution_r12_amount desc, profits.branch_id asc
