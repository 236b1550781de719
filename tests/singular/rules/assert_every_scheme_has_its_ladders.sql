-- the bug it looks for: a ladder that nobody wrote, so that customers stand unrated whose scheme, region or industry has one;
-- statistical_size is read from rule_sme_indicators, which covers only the industries it lists
with

schemes as (
    select * from {{ ref('ref_tier_schemes') }}
),

populations as (
    select * from {{ ref('rule_populations') }}
),

rungs as (
    select * from {{ ref('int_tier_rungs') }}
),

ladders as (
    select
        scheme_code,
        population_code,
        region_code,
        effective_from,
        max(case when industry_code = '*' then 1 else 0 end) as covers_every_industry,
        'scheme ' || scheme_code || ', population ' || population_code as name
    from {{ ref('rule_tier_ladders') }}
    group by scheme_code, population_code, region_code, effective_from
),

starts as (
    select
        name,
        min(effective_from) as first_date,
        min(case when region_code = '*' then effective_from end) as first_national_date
    from ladders
    group by name
)

select 'ref_tier_schemes names scheme ' || schemes.scheme_code || ', which has no ladder in rule_tier_ladders' as message
from schemes
left join rungs
    on schemes.scheme_code = rungs.scheme_code
where rungs.scheme_code is null
union
select 'rule_populations names population ' || populations.population_code || ', which has no ladder in rule_tier_ladders' as message
from populations
left join rungs
    on populations.population_code = rungs.population_code
where rungs.population_code is null
union
select
    'rule_tier_ladders has no ladder of every other industry (*) for ' || name || ', region ' || region_code
    || ', effective from ' || cast(effective_from as varchar) as message
from ladders
where covers_every_industry = 0
union
select
    'rule_tier_ladders has no ladder of every other region (*) for ' || name || ', effective from ' || cast(first_date as varchar)
    || ' or before' as message
from starts
where first_national_date is null or first_national_date > first_date
