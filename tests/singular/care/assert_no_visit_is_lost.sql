-- the bug it looks for: a visit to an active company or institution with a class that no row of the month counts, or that two count
with

visits as (
    select
        visits.customer_id,
        months.period_month,
        count(*) as visit_count
    from {{ ref('stg_crm__visits') }} as visits
    inner join {{ ref('int_months') }} as months
        on visits.visit_date between months.period_month and months.period_end_date
    group by visits.customer_id, months.period_month
),

organizations as (
    select * from {{ ref('int_organization_months') }}
    where is_active and class_code is not null
),

compliance as (
    select
        customer_id,
        period_month,
        sum(made_count) as made_count
    from {{ ref('fct_visit_compliance') }}
    group by customer_id, period_month
)

select
    organizations.customer_id,
    organizations.period_month,
    visits.visit_count,
    compliance.made_count
from organizations
left join visits
    on
        organizations.customer_id = visits.customer_id
        and organizations.period_month = visits.period_month
left join compliance
    on
        organizations.customer_id = compliance.customer_id
        and organizations.period_month = compliance.period_month
where coalesce(visits.visit_count, 0) <> coalesce(compliance.made_count, 0)
