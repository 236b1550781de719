-- Which customers lost their tier, when and why, and who asks them for what is missing?
with

changes as (
    select * from {{ ref('fct_customer_tier_changes') }}
    where change_type = 'became_unrated'
),

customers as (
    select * from {{ ref('dim_customers') }}
)

select
    changes.period_month,
    changes.scheme_code,
    changes.customer_id,
    customers.customer_name,
    customers.relationship_manager_id,
    changes.previous_tier_code,
    changes.unrated_reason
from changes
inner join customers
    on changes.customer_id = customers.customer_id
order by changes.period_month desc, changes.scheme_code asc, changes.customer_id asc
