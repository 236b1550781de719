-- Which segments earn the bank's contribution, which live from it, and what do they pay for capital, operation and credit risk?
with

profits as (
    select * from {{ ref('fct_customer_profits') }}
),

segments as (
    select * from {{ ref('fct_customer_segments') }}
),

months as (
    select * from {{ ref('dim_months') }}
)

select
    segments.segment_code,
    count(*) as customer_count,
    sum(case when profits.profit_contribution_r12_amount < 0 then 1 else 0 end) as customers_at_a_loss,
    sum(profits.revenue_r12_amount) as revenue_r12_amount,
    sum(profits.capital_cost_r12_amount) as capital_cost_r12_amount,
    sum(profits.operating_cost_r12_amount) as operating_cost_r12_amount,
    sum(profits.credit_cost_r12_amount) as credit_cost_r12_amount,
    sum(case when profits.profit_contribution_r12_amount > 0 then profits.profit_contribution_r12_amount else 0 end) as earned_amount,
    sum(case when profits.profit_contribution_r12_amount < 0 then profits.profit_contribution_r12_amount else 0 end) as lost_amount,
    sum(profits.profit_contribution_r12_amount) as profit_contribution_r12_amount
from profits
inner join segments
    on
        profits.customer_id = segments.customer_id
        and profits.period_month = segments.period_month
inner join months
    on profits.period_month = months.period_month
where months.is_current
group by segments.segment_code
order by profit_contribution_r12_amount desc, segments.segment_code asc
