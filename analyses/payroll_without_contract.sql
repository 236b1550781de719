-- Which companies pay wages through us but hold no payroll contract, and which hold one and do not pay?
with

companies as (
    select * from {{ ref('fct_payroll_companies') }}
),

customers as (
    select * from {{ ref('dim_customers') }}
),

newest_month as (
    select max(period_month) as period_month from companies
)

select
    case
        when not companies.has_payroll_contract then 'pays without a contract'
        when companies.last_paid_date is null then 'contract, nobody paid'
        else 'contract, too few paid'
    end as why,
    companies.branch_id,
    companies.relationship_manager_id,
    companies.customer_id,
    customers.customer_name,
    companies.last_paid_date,
    companies.employees_paid,
    companies.paid_amount
from companies
inner join newest_month
    on companies.period_month = newest_month.period_month
inner join customers
    on companies.customer_id = customers.customer_id
where
    (not companies.has_payroll_contract and companies.last_paid_date is not null)
    or companies.payroll_status = 'opened'
order by why desc, companies.employees_paid desc, companies.customer_id asc
