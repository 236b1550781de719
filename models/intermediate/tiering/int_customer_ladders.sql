{{ config(materialized='monthly') }}
-- the ladder each customer is judged by: his region's, else everybody's; the newest; for the longest matching industry
with

metrics as (
    select * from {{ ref('int_customer_metrics') }}
),

populations as (
    select * from {{ ref('rule_populations') }}
),

rungs as (
    select * from {{ ref('int_tier_rungs') }}
),

ancestors as (
    select * from {{ ref('int_industry_ancestors') }}
),

months as (
    select * from {{ ref('int_months') }}
),

ladders as (
    select
        scheme_code,
        population_code,
        industry_code,
        region_code,
        effective_from
    from rungs
    group by scheme_code, population_code, industry_code, region_code, effective_from
),

members as (
    select
        metrics.customer_id,
        metrics.period_month,
        populations.population_code,
        coalesce(metrics.region_code, '*') as region_code,
        coalesce(metrics.industry_code, '*') as industry_code
    from metrics
    inner join populations
        on
            metrics.market_type = populations.market_type
            and populations.segment_code in (metrics.segment_code, '*')
            and populations.credit_customer in (case when metrics.is_credit_customer then 'true' else 'false' end, '*')
),

-- customers alike in all that decides are looked up once
situations as (
    select
        population_code,
        period_month,
        region_code,
        industry_code
    from members
    group by population_code, period_month, region_code, industry_code
),

ladder_sets as (
    select
        scheme_code,
        population_code,
        region_code,
        effective_from
    from ladders
    group by scheme_code, population_code, region_code, effective_from
),

regions as (
    select
        population_code,
        period_month,
        region_code
    from situations
    group by population_code, period_month, region_code
),

-- a set counts whole: an industry that the newest one leaves out is judged by none, not by an older one
sets_in_force as (
    select
        regions.population_code,
        regions.period_month,
        regions.region_code,
        ladder_sets.scheme_code,
        ladder_sets.region_code as ladder_region_code,
        ladder_sets.effective_from as ladder_effective_from,
        row_number() over (
            partition by regions.population_code, regions.period_month, regions.region_code, ladder_sets.scheme_code
            order by
                case when ladder_sets.region_code = '*' then 1 else 0 end,
                ladder_sets.effective_from desc
        ) as preference
    from regions
    inner join months
        on regions.period_month = months.period_month
    inner join ladder_sets
        on
            regions.population_code = ladder_sets.population_code
            and months.period_end_date >= ladder_sets.effective_from
            and ladder_sets.region_code in (regions.region_code, '*')
),

candidates as (
    select
        situations.population_code,
        situations.period_month,
        situations.region_code,
        situations.industry_code,
        sets_in_force.scheme_code,
        sets_in_force.ladder_region_code,
        sets_in_force.ladder_effective_from,
        ladders.industry_code as ladder_industry_code,
        row_number() over (
            partition by
                situations.population_code, situations.period_month, situations.region_code, situations.industry_code,
                sets_in_force.scheme_code
            order by case when ladders.industry_code = '*' then 0 else length(ladders.industry_code) end desc
        ) as preference
    from situations
    inner join sets_in_force
        on
            situations.population_code = sets_in_force.population_code
            and situations.period_month = sets_in_force.period_month
            and situations.region_code = sets_in_force.region_code
            and sets_in_force.preference = 1
    inner join ladders
        on
            sets_in_force.scheme_code = ladders.scheme_code
            and sets_in_force.population_code = ladders.population_code
            and sets_in_force.ladder_region_code = ladders.region_code
            and sets_in_force.ladder_effective_from = ladders.effective_from
    left join ancestors
        on
            situations.industry_code = ancestors.industry_code
            and ladders.industry_code = ancestors.ancestor_code
    where ladders.industry_code = '*' or ancestors.industry_code is not null
),

-- from its first ladder on, a scheme stays with a customer whose industry it does not cover: he is unrated and not missing
schemes as (
    select
        scheme_code,
        population_code,
        judged_on,
        min(effective_from) as first_effective_from
    from rungs
    group by scheme_code, population_code, judged_on
),

final as (
    select
        members.customer_id,
        members.period_month,
        schemes.scheme_code,
        members.population_code,
        schemes.judged_on,
        candidates.ladder_region_code,
        candidates.ladder_effective_from,
        candidates.ladder_industry_code
    from members
    inner join months
        on members.period_month = months.period_month
    inner join schemes
        on
            members.population_code = schemes.population_code
            and months.period_end_date >= schemes.first_effective_from
    left join candidates
        on
            members.population_code = candidates.population_code
            and members.period_month = candidates.period_month
            and members.region_code = candidates.region_code
            and members.industry_code = candidates.industry_code
            and schemes.scheme_code = candidates.scheme_code
            and candidates.preference = 1
)

select * from final
