{{ config(materialized='monthly') }}
-- against the month before; the first month of the warehouse has none
with

tiers as (
    select * from {{ ref('fct_customer_tiers') }}
    where {{ is_needed('period_month', months_before=1) }}
),

months as (
    select * from {{ ref('int_months') }}
),

-- a tier has its place in the longest ladder of its scheme: shorter ones rank the same tiers higher
tier_places as (
    select
        scheme_code,
        tier_code,
        max(tier_rank) as tier_place
    from {{ ref('int_tier_rungs') }}
    group by scheme_code, tier_code
),

placed_tiers as (
    select
        tiers.*,
        tier_places.tier_place
    from tiers
    left join tier_places
        on
            tiers.scheme_code = tier_places.scheme_code
            and tiers.tier_code = tier_places.tier_code
),

compared_months as (
    select
        period_month,
        lag(period_month) over (order by period_month) as previous_month
    from months
),

current_tiers as (
    select
        placed_tiers.*,
        compared_months.previous_month
    from placed_tiers
    inner join compared_months
        on placed_tiers.period_month = compared_months.period_month
    where compared_months.previous_month is not null
),

previous_tiers as (
    select
        placed_tiers.*,
        compared_months.period_month as next_month
    from placed_tiers
    inner join compared_months
        on placed_tiers.period_month = compared_months.previous_month
),

compared as (
    select
        coalesce(current_tiers.customer_id, previous_tiers.customer_id) as customer_id,
        coalesce(current_tiers.scheme_code, previous_tiers.scheme_code) as scheme_code,
        coalesce(current_tiers.period_month, previous_tiers.next_month) as period_month,
        previous_tiers.tier_code as previous_tier_code,
        current_tiers.tier_code,
        previous_tiers.unrated_reason as previous_unrated_reason,
        current_tiers.unrated_reason,
        previous_tiers.metric_code as previous_metric_code,
        current_tiers.metric_code,
        previous_tiers.metric_value as previous_metric_value,
        current_tiers.metric_value,
        case
            when previous_tiers.customer_id is null then 'entered'
            when current_tiers.customer_id is null then 'exited'
            when previous_tiers.status = 'unrated' and current_tiers.status = 'rated' then 'became_rated'
            when previous_tiers.status = 'rated' and current_tiers.status = 'unrated' then 'became_unrated'
            when current_tiers.tier_place < previous_tiers.tier_place then 'upgraded'
            when current_tiers.tier_place > previous_tiers.tier_place then 'downgraded'
        end as change_type
    from current_tiers
    full outer join previous_tiers
        on
            current_tiers.customer_id = previous_tiers.customer_id
            and current_tiers.scheme_code = previous_tiers.scheme_code
            and current_tiers.previous_month = previous_tiers.period_month
),

final as (
    select
        customer_id,
        scheme_code,
        previous_tier_code,
        tier_code,
        change_type,
        previous_metric_code,
        metric_code,
        period_month,
        previous_metric_value,
        metric_value,
        previous_unrated_reason,
        unrated_reason
    from compared
    where change_type is not null
)

select * from final
