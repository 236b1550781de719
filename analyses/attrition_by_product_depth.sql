-- Do customers with more products stay, and is it as many as the source claims?
with

depth as (
    select * from {{ ref('fct_product_depth') }}
),

newest_month as (
    select max(period_month) as period_month from depth
)

select
    depth.product_count,
    depth.customer_count,
    depth.base_month,
    depth.base_count,
    depth.left_count,
    depth.attrition_rate,
    depth.claimed_rate
from depth
inner join newest_month
    on depth.period_month = newest_month.period_month
order by depth.product_count
