{{ config(severity='warn') }}
-- the bug it looks for: a region's or an industry's ladder with other tiers or ranks than the ladder of everybody else that
-- holds at the same time, where a row was forgotten; a bank may mean it, and then it holds as it is
with

rungs as (
    select * from {{ ref('rule_tier_ladders') }}
),

moments as (
    select
        scheme_code,
        population_code,
        effective_from as moment
    from rungs
    group by scheme_code, population_code, effective_from
),

tiers_in_force as (
    select
        scheme_code,
        population_code,
        moment,
        region_code,
        industry_code,
        tier_code,
        tier_rank
    from (
        select
            rungs.*,
            moments.moment,
            rank() over (
                partition by rungs.scheme_code, rungs.population_code, rungs.region_code, moments.moment
                order by rungs.effective_from desc
            ) as age
        from rungs
        inner join moments
            on
                rungs.scheme_code = moments.scheme_code
                and rungs.population_code = moments.population_code
                and rungs.effective_from <= moments.moment
    ) as dated_rungs
    where age = 1
    group by scheme_code, population_code, moment, region_code, industry_code, tier_code, tier_rank
),

ladders_in_force as (
    select
        scheme_code,
        population_code,
        moment,
        region_code,
        industry_code
    from tiers_in_force
    group by scheme_code, population_code, moment, region_code, industry_code
),

-- what each ladder should name: the tiers of every other region and industry (`*`) at the same moment
national_tiers as (
    select
        ladders_in_force.scheme_code,
        ladders_in_force.population_code,
        ladders_in_force.moment,
        ladders_in_force.region_code,
        ladders_in_force.industry_code,
        national.tier_code,
        national.tier_rank
    from tiers_in_force as national
    inner join ladders_in_force
        on
            national.scheme_code = ladders_in_force.scheme_code
            and national.population_code = ladders_in_force.population_code
            and national.moment = ladders_in_force.moment
    where national.region_code = '*' and national.industry_code = '*'
),

differing as (
    select
        national_tiers.*,
        'lacks' as difference
    from national_tiers
    left join tiers_in_force
        using (scheme_code, population_code, moment, region_code, industry_code, tier_code, tier_rank)
    where tiers_in_force.scheme_code is null
    union all
    select
        tiers_in_force.*,
        'alone has' as difference
    from tiers_in_force
    left join national_tiers
        using (scheme_code, population_code, moment, region_code, industry_code, tier_code, tier_rank)
    where national_tiers.scheme_code is null
)

select
    'the ladder of scheme ' || scheme_code || ', population ' || population_code || ', industry ' || industry_code || ', region '
    || region_code || ', in force on ' || cast(moment as varchar) || ' ' || difference || ' tier ' || tier_code || ' of rank '
    || cast(tier_rank as varchar) as message
from differing
