{{ config(materialized='view') }}
-- an industry's own row, the longest that matches, else the one of every industry (`*`)
with

limits as (
    {{ rules_in_force(ref('rule_small_enterprise_limits'), ['industry_code']) }}
),

ancestors as (
    select * from {{ ref('int_industry_ancestors') }}
),

matches as (
    select
        ancestors.industry_code,
        limits.period_month,
        limits.revenue_limit,
        limits.total_assets_limit,
        row_number() over (
            partition by ancestors.industry_code, limits.period_month
            order by length(limits.industry_code) desc
        ) as distance
    from limits
    inner join ancestors
        on limits.industry_code = ancestors.ancestor_code
    where limits.industry_code <> '*'
),

final as (
    select
        industry_code,
        period_month,
        revenue_limit,
        total_assets_limit
    from matches
    where distance = 1
    union all
    select
        industry_code,
        period_month,
        revenue_limit,
        total_assets_limit
    from limits
    where industry_code = '*'
)

select * from final
