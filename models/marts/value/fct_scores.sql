{{ config(materialized='monthly') }}
with

components as (
    select * from {{ ref('fct_score_components') }}
),

final as (
    select
        subject_type,
        subject_id,
        score_code,
        period_month,
        cast(sum(weighted_points) as decimal(18, 8)) as score,
        cast(count(*) as integer) as component_count,
        cast(sum(case when is_missing then 1 else 0 end) as integer) as missing_component_count,
        max(rule_effective_from) as rule_effective_from
    from components
    group by subject_type, subject_id, score_code, period_month
)

select * from final
