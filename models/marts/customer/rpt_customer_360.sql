-- what the other marts say of every customer in the newest month, side by side
{%- set schemes = [
    'traditional_company_scale', 'no_credit_deposit_scale', 'enterprise_size', 'statistical_size', 'marketing_class', 'management_level',
] %}
with

newest_month as (
    select * from {{ ref('int_months') }}
    where period_end_date = {{ as_of_date() }}
),

customers as (
    select * from {{ ref('dim_customers') }}
),

facts as (
    {{ in_newest_month(ref('fct_customer_months')) }}
),

segments as (
    {{ in_newest_month(ref('fct_customer_segments')) }}
),

tiers as (
    select
        tiers.customer_id,
        {%- for scheme in schemes %}
        max(case when tiers.scheme_code = '{{ scheme }}' then tiers.tier_code end) as {{ scheme }}_tier_code,
        {%- endfor %}
        count(tiers.unrated_reason) as unrated_scheme_count
    from {{ ref('fct_customer_tiers') }} as tiers
    inner join newest_month
        on tiers.period_month = newest_month.period_month
    group by tiers.customer_id
),

tier_changes as (
    select
        changes.customer_id,
        max(changes.period_month) as last_tier_change_month,
        sum(case when changes.change_type = 'upgraded' then 1 else 0 end) as upgrade_count_r12,
        sum(case when changes.change_type = 'downgraded' then 1 else 0 end) as downgrade_count_r12
    from {{ ref('fct_customer_tier_changes') }} as changes
    inner join newest_month
        on changes.period_month >= newest_month.r12_start_date
    group by changes.customer_id
),

profits as (
    {{ in_newest_month(ref('fct_customer_profits')) }}
),

customer_values as (
    {{ in_newest_month(ref('fct_customer_values')) }}
),

group_grades as (
    {{ in_newest_month(ref('fct_group_grades')) }}
),

visits as (
    select
        visits.customer_id,
        max(visits.last_visit_date) as last_visit_date,
        sum(visits.required_count) as required_visit_count,
        sum(visits.made_count) as made_visit_count,
        sum(visits.missing_count) as missing_visit_count
    from {{ ref('fct_visit_compliance') }} as visits
    inner join newest_month
        on visits.period_month = newest_month.period_month
    group by visits.customer_id
),

effective_customers as (
    {{ in_newest_month(ref('fct_effective_customers')) }}
),

payrolls as (
    {{ in_newest_month(ref('fct_payroll_companies')) }}
),

collection_ratios as (
    {{ in_newest_month(ref('fct_collection_ratios')) }}
),

linked_persons as (
    select
        organization_customer_id as customer_id,
        count(*) as linked_person_count,
        sum(case when is_lead then 1 else 0 end) as lead_count
    from {{ ref('fct_linked_persons') }}
    group by organization_customer_id
),

leads_to_persons as (
    select
        person_customer_id as customer_id,
        count(*) as lead_count
    from {{ ref('fct_linked_persons') }}
    where is_lead
    group by person_customer_id
),

referral_sides as (
    select
        referral_id,
        source_customer_id as customer_id,
        points
    from {{ ref('fct_referrals') }}
    where source_customer_id is not null
    union all
    select
        referral_id,
        buyer_customer_id as customer_id,
        points
    from {{ ref('fct_referrals') }}
    where buyer_customer_id is not null and buyer_customer_id <> coalesce(source_customer_id, '')
),

referrals as (
    select
        customer_id,
        count(*) as referral_count,
        sum(points) as referral_points
    from referral_sides
    group by customer_id
),

marketing_targets as (
    select
        customer_id,
        count(*) as targeting_department_count
    from {{ ref('fct_marketing_targets') }}
    group by customer_id
),

splits as (
    select
        splits.customer_id,
        max(case when splits.is_cross_region then 1 else 0 end) as is_cross_region,
        max(case when splits.is_cross_account then 1 else 0 end) as is_cross_account
    from {{ ref('fct_performance_splits') }} as splits
    inner join newest_month
        on splits.period_month = newest_month.period_month
    group by splits.customer_id
),

final as (
    select
        customers.customer_id,
        customers.group_id,
        customers.branch_id,
        group_grades.host_branch_id as group_host_branch_id,
        customers.relationship_manager_id,
        customers.party_type,
        customers.industry_code,
        customers.institution_type,
        customers.admin_level,
        customers.region_code,
        customers.city_code,
        customers.status,
        segments.segment_code,
        segments.sub_segment_code,
        segments.market_type,
        segments.credit_status,
        {%- for scheme in schemes %}
        tiers.{{ scheme }}_tier_code,
        {%- endfor %}
        customer_values.value_group_code,
        customer_values.customer_class_code,
        group_grades.grade_code as group_grade_code,
        effective_customers.rung_code,
        effective_customers.failed_conditions,
        payrolls.payroll_status,
        customers.customer_name,
        customers.opened_date,
        customers.established_date,
        facts.period_end_date,
        visits.last_visit_date,
        facts.period_month,
        tier_changes.last_tier_change_month,
        facts.deposit_balance,
        facts.deposit_average_balance,
        facts.deposit_average_balance_ytd,
        facts.deposit_average_balance_r12,
        facts.loan_balance,
        facts.loan_average_balance,
        facts.loan_average_balance_ytd,
        facts.loan_average_balance_r12,
        facts.credit_line_amount,
        facts.net_fee_amount,
        profits.profit_contribution_amount,
        profits.profit_contribution_r12_amount,
        profits.revenue_r12_amount,
        profits.raroc_r12_rate,
        customer_values.bank_value_score,
        customer_values.closeness_score,
        effective_customers.conversion_factor,
        effective_customers.amount_to_next_rung,
        collection_ratios.collection_rate,
        facts.product_count,
        facts.active_account_count,
        cast(coalesce(tiers.unrated_scheme_count, 0) as integer) as unrated_scheme_count,
        cast(coalesce(tier_changes.upgrade_count_r12, 0) as integer) as upgrade_count_r12,
        cast(coalesce(tier_changes.downgrade_count_r12, 0) as integer) as downgrade_count_r12,
        cast(coalesce(visits.required_visit_count, 0) as integer) as required_visit_count,
        cast(coalesce(visits.made_visit_count, 0) as integer) as made_visit_count,
        cast(coalesce(visits.missing_visit_count, 0) as integer) as missing_visit_count,
        cast(coalesce(linked_persons.linked_person_count, 0) as integer) as linked_person_count,
        cast(coalesce(linked_persons.lead_count, 0) + coalesce(leads_to_persons.lead_count, 0) as integer) as lead_count,
        cast(coalesce(referrals.referral_count, 0) as integer) as referral_count,
        cast(coalesce(referrals.referral_points, 0) as decimal(18, 2)) as referral_points,
        cast(coalesce(marketing_targets.targeting_department_count, 0) as integer) as targeting_department_count,
        customers.is_listed,
        facts.is_credit_customer,
        profits.is_complete as is_profit_complete,
        effective_customers.is_effective,
        effective_customers.is_near_threshold,
        effective_customers.is_at_risk,
        coalesce(splits.is_cross_region, 0) = 1 as is_cross_region,
        coalesce(splits.is_cross_account, 0) = 1 as is_cross_account
    from customers
    left join facts
        on customers.customer_id = facts.customer_id
    left join segments
        on customers.customer_id = segments.customer_id
    left join tiers
        on customers.customer_id = tiers.customer_id
    left join tier_changes
        on customers.customer_id = tier_changes.customer_id
    left join profits
        on customers.customer_id = profits.customer_id
    left join customer_values
        on customers.customer_id = customer_values.customer_id
    left join visits
        on customers.customer_id = visits.customer_id
    left join effective_customers
        on customers.customer_id = effective_customers.customer_id
    left join payrolls
        on customers.customer_id = payrolls.customer_id
    left join collection_ratios
        on customers.customer_id = collection_ratios.customer_id
    left join linked_persons
        on customers.customer_id = linked_persons.customer_id
    left join leads_to_persons
        on customers.customer_id = leads_to_persons.customer_id
    left join referrals
        on customers.customer_id = referrals.customer_id
    left join marketing_targets
        on customers.customer_id = marketing_targets.customer_id
    left join splits
        on customers.customer_id = splits.customer_id
    left join group_grades
        on customers.group_id = group_grades.group_id
)

select * from final
