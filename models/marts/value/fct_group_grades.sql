with

components as (
    select * from {{ ref('fct_score_components') }}
    where score_code = 'group_value'
),

scores as (
    select * from {{ ref('fct_scores') }}
    where score_code = 'group_value'
),

branches as (
    select * from {{ ref('bridge_group_branches') }}
),

branch_sums as (
    select
        group_id,
        period_month,
        max(case when role = 'host' then branch_id end) as host_branch_id,
        sum(member_count) as member_count,
        sum(exposure_amount) as exposure_amount
    from branches
    group by group_id, period_month
),

influences as (
    select
        subject_id as group_id,
        period_month,
        max(case when component_code = 'strategic_influence' then points end) as strategic_influence_points,
        max(case when component_code = 'industry_exemplar' then points end) as industry_exemplar_points,
        coalesce(max(case when component_code = 'current_value' then metric_value end), 0) as profit_contribution_r12_amount
    from components
    group by subject_id, period_month
),

subjects as (
    select
        scores.subject_id as group_id,
        scores.period_month,
        scores.score as group_value_score,
        scores.missing_component_count,
        influences.strategic_influence_points,
        influences.industry_exemplar_points,
        influences.profit_contribution_r12_amount,
        branch_sums.host_branch_id,
        branch_sums.member_count,
        branch_sums.exposure_amount
    from scores
    inner join influences
        on
            scores.subject_id = influences.group_id
            and scores.period_month = influences.period_month
    inner join branch_sums
        on
            scores.subject_id = branch_sums.group_id
            and scores.period_month = branch_sums.period_month
),

stood as (
    {{ graded('subjects', 'group_standing', x='strategic_influence_points', y='industry_exemplar_points') }}
),

standings as (
    select
        group_id,
        period_month,
        result_code as standing_code,
        group_value_score,
        missing_component_count,
        profit_contribution_r12_amount,
        host_branch_id,
        member_count,
        exposure_amount
    from stood
),

graded as (
    {{ graded('standings', 'group_grade', x='profit_contribution_r12_amount', y_band='subjects.standing_code') }}
),

final as (
    select
        group_id,
        host_branch_id,
        result_code as grade_code,
        standing_code,
        x_band_code as current_value_band,
        period_month,
        group_value_score,
        cast(profit_contribution_r12_amount as decimal(18, 2)) as profit_contribution_r12_amount,
        cast(amount_to_next_x_band as decimal(18, 2)) as amount_to_next_band,
        cast(exposure_amount as decimal(18, 2)) as exposure_amount,
        cast(member_count as integer) as member_count,
        missing_component_count,
        rule_effective_from,
        approval_reference
    from graded
)

select * from final
