-- the bug it looks for: a company or institution that a mart of its care drops or counts twice
with

organizations as (
    select
        segments.period_month,
        count(*) as customer_count,
        sum(case when customers.status = 'active' then 1 else 0 end) as active_count,
        sum(case when customers.status = 'active' and customers.relationship_manager_id is not null then 1 else 0 end) as managed_count
    from {{ ref('fct_customer_segments') }} as segments
    inner join {{ ref('int_customer_months_spined') }} as customers
        on
            segments.customer_id = customers.customer_id
            and segments.period_month = customers.period_month
    where segments.market_type in ('company', 'institution')
    group by segments.period_month
),

effective_branches as (
    select
        period_month,
        sum(customer_count) as customer_count
    from {{ ref('fct_effective_branches') }}
    group by period_month
),

payrolls as (
    select
        period_month,
        sum(customer_count) as customer_count
    from {{ ref('fct_payroll_penetration') }}
    where population_code = 'all'
    group by period_month
),

coverage as (
    select
        period_month,
        sum(customer_count) as customer_count
    from {{ ref('fct_manager_coverage') }}
    group by period_month
)

select
    organizations.*,
    effective_branches.customer_count as effective_branch_count,
    payrolls.customer_count as payroll_count,
    coverage.customer_count as coverage_count
from organizations
left join effective_branches
    on organizations.period_month = effective_branches.period_month
left join payrolls
    on organizations.period_month = payrolls.period_month
left join coverage
    on organizations.period_month = coverage.period_month
where
    organizations.customer_count <> coalesce(effective_branches.customer_count, 0)
    or organizations.active_count <> coalesce(payrolls.customer_count, 0)
    or organizations.managed_count <> coalesce(coverage.customer_count, 0)
