-- Whom must I visit this month, and how often still? One list per branch and manager, the best class first.
with

visits as (
    select * from {{ ref('fct_visit_compliance') }}
),

customers as (
    select * from {{ ref('dim_customers') }}
),

newest_month as (
    select max(period_month) as period_month from visits
)

select
    visits.branch_id,
    visits.relationship_manager_id,
    visits.visitor_role,
    visits.customer_id,
    customers.customer_name,
    visits.class_code,
    visits.made_count,
    visits.missing_count as visits_left,
    visits.overdue_count as already_late
from visits
inner join newest_month
    on visits.period_month = newest_month.period_month
inner join customers
    on visits.customer_id = customers.customer_id
where visits.missing_count > 0
order by visits.branch_id, visits.relationship_manager_id, visits.visitor_role, visits.class_code, visits.customer_id
