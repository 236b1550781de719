{{ config(materialized='monthly') }}
with

metrics as (
    select * from {{ ref('int_score_metrics') }}
),

scores as (
    select * from {{ ref('ref_scores') }}
),

components as (
    select * from {{ ref('ref_score_components') }}
),

weights as (
    {{ rules_in_force(ref('rule_score_weights'), ['score_code']) }}
),

bands_in_force as (
    {{ rules_in_force(ref('rule_score_bands'), ['score_code']) }}
),

bands as (
    select
        score_code,
        component_code,
        period_month,
        lower_bound,
        lead(lower_bound) over (partition by score_code, component_code, period_month order by lower_bound) as upper_bound,
        points
    from bands_in_force
),

weighted as (
    select
        metrics.subject_type,
        metrics.subject_id,
        metrics.period_month,
        weights.score_code,
        metrics.component_code,
        metrics.metric_value,
        components.unit,
        weights.weight,
        weights.effective_from,
        weights.approval_reference
    from metrics
    inner join scores
        on metrics.subject_type = scores.subject_type
    inner join components
        on
            metrics.subject_type = components.subject_type
            and metrics.component_code = components.component_code
    inner join weights
        on
            scores.score_code = weights.score_code
            and metrics.component_code = weights.component_code
            and metrics.period_month = weights.period_month
),

-- a metric that is points already counts as it stands; below the lowest band there are none
pointed as (
    select
        weighted.*,
        bands.lower_bound,
        bands.upper_bound,
        case
            when weighted.unit = 'points' then cast(coalesce(weighted.metric_value, 0) as decimal(9, 4))
            else coalesce(bands.points, cast(0 as decimal(9, 4)))
        end as points
    from weighted
    left join bands
        on
            weighted.score_code = bands.score_code
            and weighted.component_code = bands.component_code
            and weighted.period_month = bands.period_month
            and {{ in_band('weighted.metric_value', 'bands.lower_bound', 'bands.upper_bound') }}
),

final as (
    select
        subject_type,
        subject_id,
        score_code,
        component_code,
        unit,
        period_month,
        metric_value,
        points,
        weight,
        cast(points * weight as decimal(18, 8)) as weighted_points,
        metric_value is null as is_missing,
        cast(lower_bound as decimal(24, 8)) as lower_bound,
        cast(upper_bound as decimal(24, 8)) as upper_bound,
        effective_from as rule_effective_from,
        approval_reference
    from pointed
)

select * from final
