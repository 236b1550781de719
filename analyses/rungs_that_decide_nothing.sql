-- Which rungs of the ladders in force placed nobody in the newest month, so that their bound may be wrong or idle?
with

rungs as (
    select * from {{ ref('int_tier_rungs') }}
),

tiers as (
    select * from {{ ref('fct_customer_tiers') }}
),

months as (
    select * from {{ ref('dim_months') }}
),

populations_met as (
    select
        tiers.scheme_code,
        tiers.population_code,
        tiers.rule_region_code,
        tiers.rule_effective_from
    from tiers
    inner join months
        on tiers.period_month = months.period_month
    where months.is_current
    group by tiers.scheme_code, tiers.population_code, tiers.rule_region_code, tiers.rule_effective_from
),

customers_placed as (
    select
        tiers.scheme_code,
        tiers.population_code,
        tiers.rule_region_code,
        tiers.rule_effective_from,
        tiers.metric_code,
        tiers.tier_code,
        count(*) as customer_count
    from tiers
    inner join months
        on tiers.period_month = months.period_month
    where months.is_current and tiers.status = 'rated'
    group by
        tiers.scheme_code, tiers.population_code, tiers.rule_region_code, tiers.rule_effective_from, tiers.metric_code, tiers.tier_code
)

select
    rungs.scheme_code,
    rungs.population_code,
    rungs.region_code,
    rungs.effective_from,
    rungs.metric_code,
    rungs.tier_code,
    min(rungs.lower_bound) as lower_bound,
    count(*) as industry_count
from rungs
inner join populations_met
    on
        rungs.scheme_code = populations_met.scheme_code
        and rungs.population_code = populations_met.population_code
        and rungs.region_code = populations_met.rule_region_code
        and rungs.effective_from = populations_met.rule_effective_from
left join customers_placed
    on
        rungs.scheme_code = customers_placed.scheme_code
        and rungs.population_code = customers_placed.population_code
        and rungs.region_code = customers_placed.rule_region_code
        and rungs.effective_from = customers_placed.rule_effective_from
        and rungs.metric_code = customers_placed.metric_code
        and rungs.tier_code = customers_placed.tier_code
where customers_placed.customer_count is null
group by rungs.scheme_code, rungs.population_code, rungs.region_code, rungs.effective_from, rungs.metric_code, rungs.tier_code
order by rungs.scheme_code, rungs.population_code, rungs.region_code, rungs.metric_code, rungs.tier_code
