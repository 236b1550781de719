{{ config(materialized='monthly') }}
-- what a month requires is due pro rata while it runs
with

organizations as (
    select * from {{ ref('int_organization_months') }}
    where is_active and {{ is_needed('period_month') }}
),

months as (
    select
        *,
        {{ days_between('period_month', add_to_date('month', 1, 'period_month')) }} as whole_month_days
    from {{ ref('int_months') }}
),

requirements as (
    {{ rules_in_force(ref('rule_visit_requirements')) }}
),

visits as (
    select
        customer_id,
        {{ month_of('visit_date') }} as period_month,
        visitor_role,
        count(*) as made_count,
        max(visit_date) as last_visit_date
    from {{ ref('stg_crm__visits') }}
    where visit_date <= {{ as_of_date() }} and {{ is_needed(month_of('visit_date')) }}
    group by customer_id, {{ month_of('visit_date') }}, visitor_role
),

owed as (
    select
        organizations.customer_id,
        organizations.branch_id,
        organizations.relationship_manager_id,
        requirements.visitor_role,
        organizations.class_code,
        organizations.period_month,
        requirements.required_count,
        {{ divide_up('requirements.required_count * months.month_days', 'months.whole_month_days') }} as due_count,
        requirements.effective_from,
        requirements.approval_reference
    from organizations
    inner join months
        on organizations.period_month = months.period_month
    inner join requirements
        on
            organizations.period_month = requirements.period_month
            and organizations.class_code = requirements.class_code
),

final as (
    select
        owed.customer_id,
        owed.branch_id,
        owed.relationship_manager_id,
        owed.visitor_role,
        owed.class_code,
        owed.period_month,
        visits.last_visit_date,
        cast(owed.required_count as integer) as required_count,
        cast(coalesce(visits.made_count, 0) as integer) as made_count,
        cast(greatest(owed.required_count - coalesce(visits.made_count, 0), 0) as integer) as missing_count,
        cast(owed.due_count as integer) as due_count,
        cast(greatest(owed.due_count - coalesce(visits.made_count, 0), 0) as integer) as overdue_count,
        owed.effective_from as rule_effective_from,
        owed.approval_reference
    from owed
    left join visits
        on
            owed.customer_id = visits.customer_id
            and owed.period_month = visits.period_month
            and owed.visitor_role = visits.visitor_role
    where
        owed.required_count > 0
        or visits.made_count > 0
)

select * from final
