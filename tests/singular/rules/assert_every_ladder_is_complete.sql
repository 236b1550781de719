-- the bug it looks for: a ladder with a rung too few or too many, so that a customer falls through it or has two tiers
with

ladders as (
    select
        'scheme ' || scheme_code || ', population ' || population_code || ', industry ' || industry_code || ', region ' || region_code
        || ', effective from ' || cast(effective_from as varchar)
        || case when ladder_metric_code = '*' then '' else ', metric ' || ladder_metric_code end as name,
        count(*) filter (where lower_bound is null) as bottom_count,
        max(tier_rank) filter (where lower_bound is null) as bottom_rank,
        min(tier_rank) as best_rank,
        max(tier_rank) as worst_rank,
        count(distinct tier_rank) as rank_count,
        count(distinct tier_code) as tier_count,
        count(distinct cast(tier_rank as varchar) || ' ' || tier_code) as pair_count
    from {{ ref('int_tier_rungs') }}
    group by scheme_code, population_code, industry_code, region_code, effective_from, ladder_metric_code
),

judged as (
    select
        name,
        case
            when bottom_count = 0 then 'has no bottom rung: the worst tier has an empty lower_bound'
            when bottom_count > 1 then 'has ' || cast(bottom_count as varchar) || ' bottom rungs: only one lower_bound may be empty'
            when bottom_rank <> worst_rank then 'has its bottom rung (empty lower_bound) above the worst tier'
            when best_rank <> 1 or worst_rank <> rank_count then 'lacks a tier_rank between 1 and ' || cast(worst_rank as varchar)
            when pair_count <> rank_count or pair_count <> tier_count then 'gives one tier two ranks, or one rank two tiers'
        end as fault
    from ladders
)

select 'the ladder of ' || name || ' ' || fault as message
from judged
where fault is not null
