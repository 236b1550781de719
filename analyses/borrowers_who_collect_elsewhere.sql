-- Which borrowers collect least of their sales with us for what we lend them, and how much runs through their owners' accounts?
with

ratios as (
    select * from {{ ref('fct_collection_ratios') }}
),

customers as (
    select * from {{ ref('dim_customers') }}
),

newest_month as (
    select max(period_month) as period_month from ratios
)

select
    ratios.branch_id,
    ratios.customer_id,
    customers.customer_name,
    ratios.loan_average_balance_r12,
    ratios.own_inflow_amount,
    ratios.linked_inflow_amount,
    ratios.collection_rate
from ratios
inner join newest_month
    on ratios.period_month = newest_month.period_month
inner join customers
    on ratios.customer_id = customers.customer_id
where ratios.collection_rate is not null
order by ratios.collection_rate asc, ratios.loan_average_balance_r12 desc, ratios.customer_id asc
limit 50
