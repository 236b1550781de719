{{ config(materialized='view') }}
-- every component of every subject that can be scored, computed or as delivered; an empty value is missing
{%- set customer_components = {
    'product_coverage': 'product_count', 'account_structure': 'account_value', 'tenure': 'tenure_months',
    'balances': 'average_balance_r12', 'account_activity': 'transaction_count_r12', 'growth': 'growth_rate',
    'vip_executives': 'vip_executive_count', 'asset_quality': 'provision_rate', 'contracts_signed': 'contract_count',
} %}
with

components as (
    select * from {{ ref('ref_score_components') }}
),

months as (
    select * from {{ ref('int_months') }}
),

customers as (
    select * from {{ ref('int_customer_value_metrics') }}
    where {{ is_needed('period_month') }}
),

customer_scores as (
    select * from {{ ref('int_customer_scores_in_force') }}
    where {{ is_needed('period_month') }}
),

members as (
    select * from {{ ref('int_group_members') }}
),

prospects as (
    select * from {{ ref('stg_crm__prospects') }}
),

prospect_scores as (
    select * from {{ ref('stg_crm__prospect_scores') }}
),

appraisals as (
    select * from {{ ref('stg_org__staff_appraisals') }}
    where appraisal_date <= (select max(months.period_end_date) from months)
),

customer_metrics as (
    select
        components.subject_type,
        customers.customer_id as subject_id,
        customers.period_month,
        components.component_code,
        cast(
            case
                when components.is_delivered then customer_scores.score
                else
                    case components.component_code
                        {%- for component, column in customer_components.items() %}
                        when '{{ component }}' then customers.{{ column }}
                        {%- endfor %}
                    end
            end as decimal(24, 8)
        ) as metric_value
    from customers
    cross join components
    left join customer_scores
        on
            customers.customer_id = customer_scores.customer_id
            and customers.period_month = customer_scores.period_month
            and components.component_code = customer_scores.score_code
    where components.subject_type = 'customer'
),

-- of a group the best of its members' scores counts: one leader of its region makes the group one
groups as (
    select
        members.group_id,
        members.period_month,
        sum(members.profit_contribution_r12_amount) as current_value,
        sum(members.deposit_average_balance_r12 + members.loan_average_balance_r12) as group_balances
    from members
    group by members.group_id, members.period_month
),

group_scores as (
    select
        members.group_id,
        members.period_month,
        customer_scores.score_code,
        max(customer_scores.score) as score
    from members
    inner join customer_scores
        on
            members.customer_id = customer_scores.customer_id
            and members.period_month = customer_scores.period_month
    group by members.group_id, members.period_month, customer_scores.score_code
),

group_metrics as (
    select
        components.subject_type,
        groups.group_id as subject_id,
        groups.period_month,
        components.component_code,
        cast(
            case
                when components.is_delivered then group_scores.score
                when components.component_code = 'current_value' then groups.current_value
                when components.component_code = 'group_balances' then groups.group_balances
            end as decimal(24, 8)
        ) as metric_value
    from groups
    cross join components
    left join group_scores
        on
            groups.group_id = group_scores.group_id
            and groups.period_month = group_scores.period_month
            and components.component_code = group_scores.score_code
    where components.subject_type = 'group'
),

-- a prospect is known from his first score or from the batch that named him, whichever is earlier
prospect_dates as (
    select
        prospect_id,
        batch_date as known_date
    from prospects
    union all
    select
        prospect_id,
        score_date as known_date
    from prospect_scores
),

prospect_months as (
    select
        first_dates.prospect_id,
        months.period_month,
        months.period_end_date
    from (
        select
            prospect_id,
            min(known_date) as known_date
        from prospect_dates
        group by prospect_id
    ) as first_dates
    inner join months
        on first_dates.known_date <= months.period_end_date
),

prospect_spans as (
    select
        prospect_id,
        score_code,
        score,
        score_date as in_force_from,
        coalesce(
            lead(score_date) over (partition by prospect_id, score_code order by score_date), cast('9999-12-31' as date)
        ) as in_force_to
    from prospect_scores
),

prospect_metrics as (
    select
        components.subject_type,
        prospect_months.prospect_id as subject_id,
        prospect_months.period_month,
        components.component_code,
        cast(prospect_spans.score as decimal(24, 8)) as metric_value
    from prospect_months
    cross join components
    left join prospect_spans
        on
            prospect_months.prospect_id = prospect_spans.prospect_id
            and components.component_code = prospect_spans.score_code
            and {{ in_force('prospect_spans', 'prospect_months.period_end_date') }}
    where components.subject_type = 'prospect'
),

-- of several appraisals in a month the newest counts
newest_appraisals as (
    select
        employee_id,
        {{ month_of('appraisal_date') }} as period_month,
        leader_score,
        performance_score,
        row_number() over (
            partition by employee_id, {{ month_of('appraisal_date') }} order by appraisal_date desc
        ) as appraisal_age
    from appraisals
),

employee_metrics as (
    select
        components.subject_type,
        newest_appraisals.employee_id as subject_id,
        newest_appraisals.period_month,
        components.component_code,
        cast(
            case components.component_code
                when 'leader_score' then newest_appraisals.leader_score
                when 'performance_score' then newest_appraisals.performance_score
            end as decimal(24, 8)
        ) as metric_value
    from newest_appraisals
    cross join components
    where newest_appraisals.appraisal_age = 1 and components.subject_type = 'employee'
),

final as (
    select * from customer_metrics
    union all
    select * from group_metrics
    union all
    select * from prospect_metrics
    union all
    select * from employee_metrics
)

select * from final
