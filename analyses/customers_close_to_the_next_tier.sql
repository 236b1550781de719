-- Which companies need the least to reach the next tier of their deposit scale, and how much is it?
with

tiers as (
    select * from {{ ref('fct_customer_tiers') }}
    where scheme_code = 'no_credit_deposit_scale'
),

customers as (
    select * from {{ ref('dim_customers') }}
),

newest_month as (
    select max(period_month) as period_month from tiers
)

select
    tiers.customer_id,
    customers.customer_name,
    customers.branch_id,
    tiers.tier_code,
    tiers.metric_value,
    tiers.amount_to_next_tier
from tiers
inner join newest_month
    on tiers.period_month = newest_month.period_month
inner join customers
    on tiers.customer_id = customers.customer_id
where tiers.amount_to_next_tier is not null
order by tiers.amount_to_next_tier, tiers.customer_id
limit 20
