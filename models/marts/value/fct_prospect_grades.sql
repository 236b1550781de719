with

prospects as (
    select * from {{ ref('stg_crm__prospects') }}
    where {{ is_newest() }}
),

scores as (
    select
        subject_id as prospect_id,
        period_month,
        max(case when score_code = 'prospect_potential' then score end) as potential_score,
        max(case when score_code = 'prospect_fit' then score end) as fit_score,
        sum(missing_component_count) as missing_component_count
    from {{ ref('fct_scores') }}
    where subject_type = 'prospect'
    group by subject_id, period_month
),

graded as (
    {{ graded('scores', 'prospect_grade', x='potential_score', y='fit_score') }}
),

final as (
    select
        graded.prospect_id,
        prospects.branch_id,
        graded.result_code as grade_code,
        graded.x_band_code as potential_band,
        graded.y_band_code as fit_band,
        graded.period_month,
        graded.potential_score,
        cast(graded.amount_to_next_x_band as decimal(18, 8)) as score_to_next_potential_band,
        graded.fit_score,
        cast(graded.amount_to_next_y_band as decimal(18, 8)) as score_to_next_fit_band,
        cast(graded.missing_component_count as integer) as missing_component_count,
        graded.rule_effective_from,
        graded.approval_reference
    from graded
    inner join prospects
        on graded.prospect_id = prospects.prospect_id
)

select * from final
