-- How many customers of each tier stayed, and where did the others go, against the month before?
with

tiers as (
    select * from {{ ref('fct_customer_tiers') }}
),

months as (
    select
        period_month,
        lag(period_month) over (order by period_month) as previous_month,
        is_current
    from {{ ref('dim_months') }}
),

newest_tiers as (
    select
        tiers.*,
        months.previous_month
    from tiers
    inner join months
        on tiers.period_month = months.period_month
    where months.is_current
)

select
    newest_tiers.scheme_code,
    previous_tiers.tier_rank as previous_tier_rank,
    newest_tiers.tier_rank,
    coalesce(previous_tiers.tier_code, previous_tiers.status, 'entered') as previous_tier,
    coalesce(newest_tiers.tier_code, newest_tiers.status) as tier,
    count(*) as customer_count
from newest_tiers
left join tiers as previous_tiers
    on
        newest_tiers.customer_id = previous_tiers.customer_id
        and newest_tiers.scheme_code = previous_tiers.scheme_code
        and newest_tiers.previous_month = previous_tiers.period_month
group by
    newest_tiers.scheme_code, previous_tiers.tier_rank, newest_tiers.tier_rank, previous_tiers.tier_code, previous_tiers.status,
    newest_tiers.tier_code, newest_tiers.status
order by newest_tiers.scheme_code, previous_tiers.tier_rank, previous_tier, newest_tiers.tier_rank, tier
