-- a payroll is effective when a run of the last months paid enough people; a contract or a smaller run opens it
with

organizations as (
    select * from {{ ref('int_organization_months') }}
    where is_active
),

months as (
    select * from {{ ref('int_months') }}
),

runs as (
    select * from {{ ref('stg_core__payroll_runs') }}
    where paid_date <= {{ as_of_date() }}
),

parameters as (
    select
        period_month,
        region_code,
        max(case when parameter_code = 'payroll_active_months' then value end) as active_months,
        max(case when parameter_code = 'payroll_min_employees' then value end) as min_employees
    from {{ ref('int_parameters_in_force') }}
    group by period_month, region_code
),

paid as (
    select
        organizations.customer_id,
        organizations.period_month,
        max(runs.paid_date) as last_paid_date,
        max(runs.employees_paid) as employees_paid,
        sum(runs.amount) as paid_amount
    from organizations
    inner join months
        on organizations.period_month = months.period_month
    inner join parameters
        on
            organizations.period_month = parameters.period_month
            and coalesce(organizations.region_code, '*') = parameters.region_code
    inner join runs
        on
            organizations.customer_id = runs.employer_customer_id
            and months.period_end_date >= runs.paid_date
            and parameters.active_months > {{ months_between('runs.paid_date', 'organizations.period_month') }}
    group by organizations.customer_id, organizations.period_month
),

final as (
    select
        organizations.customer_id,
        organizations.branch_id,
        organizations.relationship_manager_id,
        case
            when paid.employees_paid >= parameters.min_employees then 'effective'
            when organizations.has_payroll_contract or paid.customer_id is not null then 'opened'
            else 'none'
        end as payroll_status,
        organizations.period_month,
        paid.last_paid_date,
        cast(coalesce(paid.employees_paid, 0) as integer) as employees_paid,
        cast(coalesce(paid.paid_amount, 0) as decimal(18, 2)) as paid_amount,
        organizations.has_payroll_contract,
        organizations.has_basic_account,
        organizations.is_credit_customer,
        organizations.is_new,
        cast(parameters.min_employees as integer) as min_employees
    from organizations
    left join parameters
        on
            organizations.period_month = parameters.period_month
            and coalesce(organizations.region_code, '*') = parameters.region_code
    left join paid
        on
            organizations.customer_id = paid.customer_id
            and organizations.period_month = paid.period_month
)

select * from final
