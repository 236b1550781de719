-- Where does a region judge its customers by a ladder of its own, and which tiers does it give them?
with

tiers as (
    select * from {{ ref('fct_customer_tiers') }}
    where rule_region_code <> '*'
),

months as (
    select * from {{ ref('dim_months') }}
)

select
    tiers.rule_region_code,
    tiers.scheme_code,
    tiers.rule_effective_from,
    tiers.tier_rank,
    tiers.tier_code,
    tiers.lower_bound,
    tiers.approval_reference,
    count(*) as customer_count
from tiers
inner join months
    on tiers.period_month = months.period_month
where months.is_current and tiers.status = 'rated'
group by
    tiers.rule_region_code, tiers.scheme_code, tiers.rule_effective_from, tiers.tier_rank, tiers.tier_code, tiers.lower_bound,
    tiers.approval_reference
order by tiers.rule_region_code, tiers.scheme_code, tiers.tier_rank
