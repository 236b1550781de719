{{ config(materialized='monthly') }}
with

judged_on_metrics as (
    select * from {{ ref('int_tiers_by_metrics') }}
),

judged_on_tiers as (
    select * from {{ ref('int_tiers_by_tiers') }}
),

tiers as (
    select * from judged_on_metrics
    union all
    select * from judged_on_tiers
),

final as (
    select
        customer_id,
        scheme_code,
        population_code,
        status,
        unrated_reason,
        tier_code,
        metric_code,
        period_month,
        cast(tier_rank as integer) as tier_rank,
        metric_value,
        lower_bound,
        upper_bound,
        cast(amount_to_next_tier as decimal(18, 2)) as amount_to_next_tier,
        rule_region_code,
        rule_effective_from,
        approval_reference
    from tiers
)

select * from final
