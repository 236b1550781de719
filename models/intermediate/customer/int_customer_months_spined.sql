{{ config(materialized='monthly') }}
-- every month of every customer from his first one on, with the attributes in force at its end
with

customers as (
    select * from {{ ref('stg_core__customers') }}
),

branches as (
    select * from {{ ref('stg_org__branches') }}
),

first_months as (
    select * from {{ ref('int_customer_first_months') }}
),

months as (
    select * from {{ ref('int_months') }}
),

final as (
    select
        customers.customer_id,
        months.period_month,
        months.period_end_date,
        customers.party_type,
        customers.industry_code,
        customers.institution_type,
        customers.admin_level,
        customers.group_id,
        customers.group_role,
        customers.branch_id,
        coalesce(customers.region_code, branches.region_code) as region_code,
        customers.city_code,
        customers.relationship_manager_id,
        customers.established_date,
        customers.registered_capital,
        customers.employees,
        customers.status
    from customers
    inner join first_months
        on customers.customer_id = first_months.customer_id
    inner join months
        on
            first_months.first_month <= months.period_month
            and customers.in_force_from <= months.period_end_date
            and customers.in_force_to > months.period_end_date
    left join branches
        on
            customers.branch_id = branches.branch_id
            and {{ in_force('branches', 'months.period_end_date') }}
)

select * from final
