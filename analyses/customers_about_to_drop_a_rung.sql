-- Who is about to drop a rung, and what would keep him? And who needs least to climb one?
with

effective_customers as (
    select * from {{ ref('fct_effective_customers') }}
),

customers as (
    select * from {{ ref('dim_customers') }}
),

newest_month as (
    select max(period_month) as period_month from effective_customers
)

select
    case when effective_customers.is_at_risk then 'about to drop' else 'close to the next' end as why,
    effective_customers.branch_id,
    effective_customers.relationship_manager_id,
    effective_customers.customer_id,
    customers.customer_name,
    effective_customers.rung_code,
    effective_customers.next_rung_code,
    effective_customers.average_balance,
    effective_customers.average_balance_ytd,
    effective_customers.amount_to_keep_rung,
    effective_customers.amount_to_next_rung,
    effective_customers.failed_conditions
from effective_customers
inner join newest_month
    on effective_customers.period_month = newest_month.period_month
inner join customers
    on effective_customers.customer_id = customers.customer_id
where effective_customers.is_at_risk or effective_customers.is_near_threshold
order by
    effective_customers.is_at_risk desc,
    coalesce(effective_customers.amount_to_keep_rung, effective_customers.amount_to_next_rung) asc,
    effective_customers.customer_id asc
