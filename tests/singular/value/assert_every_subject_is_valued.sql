-- the bug it looks for: a join that drops a company from the value groups, a score or component on the way there, or a group's
-- members from its branches
with

segments as (
    select * from {{ ref('fct_customer_segments') }}
    where market_type in ('company', 'institution')
),

customer_values as (
    select * from {{ ref('fct_customer_values') }}
),

scores as (
    select * from {{ ref('fct_scores') }}
),

weights as (
    {{ rules_in_force(ref('rule_score_weights'), ['score_code']) }}
),

weighted as (
    select
        score_code,
        period_month,
        count(*) as component_count
    from weights
    group by score_code, period_month
),

members as (
    select
        group_id,
        period_month,
        count(*) as member_count,
        sum(profit_contribution_r12_amount) as profit_contribution_r12_amount
    from {{ ref('int_group_members') }}
    group by group_id, period_month
),

grades as (
    select * from {{ ref('fct_group_grades') }}
)

select
    coalesce(segments.customer_id, customer_values.customer_id) as subject_id,
    coalesce(segments.period_month, customer_values.period_month) as period_month,
    'value' as missing
from segments
full outer join customer_values
    on
        segments.customer_id = customer_values.customer_id
        and segments.period_month = customer_values.period_month
where segments.customer_id is null or customer_values.customer_id is null
union all
select
    scores.subject_id,
    scores.period_month,
    scores.score_code as missing
from scores
inner join weighted
    on
        scores.score_code = weighted.score_code
        and scores.period_month = weighted.period_month
where scores.component_count <> weighted.component_count
union all
select
    members.group_id as subject_id,
    members.period_month,
    'group' as missing
from members
left join grades
    on
        members.group_id = grades.group_id
        and members.period_month = grades.period_month
where
    grades.group_id is null
    or members.member_count <> grades.member_count
    or members.profit_contribution_r12_amount <> grades.profit_contribution_r12_amount
