-- How many payrolls does each branch lack to its targets, and in which population most?
with

penetration as (
    select * from {{ ref('fct_payroll_penetration') }}
),

newest_month as (
    select max(period_month) as period_month from penetration
)

select
    penetration.branch_id,
    penetration.population_code,
    penetration.customer_count,
    penetration.opened_count,
    penetration.effective_count,
    penetration.rate,
    penetration.target_rate,
    penetration.missing_count
from penetration
inner join newest_month
    on penetration.period_month = newest_month.period_month
where penetration.customer_count > 0
order by penetration.missing_count desc, penetration.branch_id asc, penetration.population_code asc
