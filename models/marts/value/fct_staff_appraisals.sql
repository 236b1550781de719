with

components as (
    select
        subject_id as employee_id,
        period_month,
        max(case when component_code = 'leader_score' then points end) as leader_score,
        max(case when component_code = 'performance_score' then points end) as performance_score
    from {{ ref('fct_score_components') }}
    where score_code = 'staff_appraisal'
    group by subject_id, period_month
),

scores as (
    select * from {{ ref('fct_scores') }}
    where score_code = 'staff_appraisal'
),

subjects as (
    select
        scores.subject_id as employee_id,
        scores.period_month,
        scores.score as appraisal_score,
        components.leader_score,
        components.performance_score
    from scores
    inner join components
        on
            scores.subject_id = components.employee_id
            and scores.period_month = components.period_month
),

graded as (
    {{ graded('subjects', 'staff_appraisal', x='appraisal_score') }}
),

final as (
    select
        employee_id,
        result_code as grade_code,
        period_month,
        leader_score,
        performance_score,
        appraisal_score,
        cast(amount_to_next_x_band as decimal(18, 8)) as score_to_next_grade,
        rule_effective_from,
        approval_reference
    from graded
)

select * from final
