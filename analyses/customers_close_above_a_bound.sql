-- Which customers would fall first, because their value lies just above the bound of their tier?
with

tiers as (
    select * from {{ ref('fct_customer_tiers') }}
    where status = 'rated' and lower_bound is not null
),

metrics as (
    select * from {{ ref('ref_metrics') }}
    where unit = 'yuan'
),

customers as (
    select * from {{ ref('dim_customers') }}
),

months as (
    select * from {{ ref('dim_months') }}
)

select
    tiers.scheme_code,
    tiers.customer_id,
    customers.customer_name,
    customers.branch_id,
    tiers.tier_code,
    tiers.metric_code,
    tiers.metric_value,
    tiers.lower_bound,
    tiers.metric_value - tiers.lower_bound as amount_above_bound
from tiers
inner join metrics
    on tiers.metric_code = metrics.metric_code
inner join months
    on tiers.period_month = months.period_month
inner join customers
    on tiers.customer_id = customers.customer_id
where months.is_current
order by amount_above_bound, tiers.customer_id, tiers.scheme_code
limit 20
