-- the bug it looks for: two tiers whose bounds stand in the wrong order, so that nobody can ever be in one of them
with

rungs as (
    select
        *,
        lag(tier_code) over (
            partition by scheme_code, population_code, industry_code, region_code, effective_from, metric_code
            order by tier_rank, tier_code
        ) as better_tier_code,
        lag(lower_bound) over (
            partition by scheme_code, population_code, industry_code, region_code, effective_from, metric_code
            order by tier_rank, tier_code
        ) as better_bound
    from {{ ref('int_tier_rungs') }}
)

select
    'the ladder of scheme ' || scheme_code || ', population ' || population_code || ', industry ' || industry_code || ', region '
    || region_code || ', effective from ' || cast(effective_from as varchar) || ' gives tier ' || better_tier_code || ' from '
    || cast(better_bound as varchar) || ' of ' || metric_code || ', which is not above ' || cast(lower_bound as varchar) || ' of tier '
    || tier_code as message
from rungs
where better_bound <= lower_bound
