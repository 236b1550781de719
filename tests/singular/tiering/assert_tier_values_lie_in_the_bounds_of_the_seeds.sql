-- the bug it looks for: a tier by the wrong ladder or the wrong rung; ladder, rung and bounds are found here again, from the seeds
with

tiers as (
    select * from {{ ref('fct_customer_tiers') }}
    where status = 'rated' and {{ is_made_anew('period_month', ref('fct_customer_tiers')) }}
),

customer_months as (
    select * from {{ ref('int_customer_months_spined') }}
),

rungs as (
    select
        scheme_code,
        population_code,
        industry_code,
        region_code,
        effective_from,
        metric_code,
        tier_code,
        tier_rank,
        lower_bound,
        approval_reference
    from {{ ref('rule_tier_ladders') }}
    {%- for tier in ['large', 'medium', 'small', 'micro'] %}
    union all
    select
        'statistical_size' as scheme_code,
        'company' as population_code,
        industry_code,
        '*' as region_code,
        effective_from,
        indicator as metric_code,
        '{{ tier }}' as tier_code,
        {{ loop.index }} as tier_rank,
        {{ 'null' if loop.last else tier ~ '_from' }} as lower_bound,
        approval_reference
    from {{ ref('rule_sme_indicators') }}
    {%- endfor %}
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

judged as (
    select
        tiers.*,
        customer_months.period_end_date,
        coalesce(customer_months.region_code, '*') as customer_region_code,
        coalesce(customer_months.industry_code, '*') as customer_industry_code
    from tiers
    left join customer_months
        on
            tiers.customer_id = customer_months.customer_id
            and tiers.period_month = customer_months.period_month
),

situations as (
    select
        scheme_code,
        population_code,
        period_end_date,
        customer_region_code,
        customer_industry_code
    from judged
    group by scheme_code, population_code, period_end_date, customer_region_code, customer_industry_code
),

ladders_that_fit as (
    select
        situations.period_end_date,
        situations.customer_region_code,
        situations.customer_industry_code,
        ladders.*
    from situations
    inner join ladders
        on
            situations.scheme_code = ladders.scheme_code
            and situations.population_code = ladders.population_code
            and situations.period_end_date >= ladders.effective_from
            and ladders.region_code in (situations.customer_region_code, '*')
            and (ladders.industry_code = '*' or situations.customer_industry_code like ladders.industry_code || '%')
),

-- the region's own before everybody's, then the newest, then the longest industry
{% for ladders, fitting_ladders, worth in [
    ('ladders_of_the_region', 'ladders_that_fit', "case when region_code = '*' then 0 else 1 end"),
    ('ladders_of_the_date', 'ladders_of_the_region', 'effective_from'),
    ('ladders_of_the_industry', 'ladders_of_the_date', "case when industry_code = '*' then 0 else length(industry_code) end"),
] -%}
{{ ladders }} as (
    select
        period_end_date,
        customer_region_code,
        customer_industry_code,
        scheme_code,
        population_code,
        industry_code,
        region_code,
        effective_from
    from (
        select
            *,
            {{ worth }} as worth,
            max({{ worth }}) over (
                partition by scheme_code, population_code, period_end_date, customer_region_code, customer_industry_code
            ) as best_worth
        from {{ fitting_ladders }}
    ) as compared_ladders
    where worth = best_worth
),

{% endfor -%}
bounds as (
    select
        rungs.scheme_code,
        rungs.population_code,
        rungs.industry_code,
        rungs.region_code,
        rungs.effective_from,
        rungs.metric_code,
        rungs.tier_code,
        rungs.tier_rank,
        rungs.approval_reference,
        rungs.lower_bound,
        min(better_rungs.lower_bound) as upper_bound
    from rungs
    left join rungs as better_rungs
        on
            rungs.scheme_code = better_rungs.scheme_code
            and rungs.population_code = better_rungs.population_code
            and rungs.industry_code = better_rungs.industry_code
            and rungs.region_code = better_rungs.region_code
            and rungs.effective_from = better_rungs.effective_from
            and rungs.metric_code = better_rungs.metric_code
            and rungs.tier_rank > better_rungs.tier_rank
    group by
        rungs.scheme_code, rungs.population_code, rungs.industry_code, rungs.region_code, rungs.effective_from, rungs.metric_code,
        rungs.tier_code, rungs.tier_rank, rungs.approval_reference, rungs.lower_bound
)

select
    judged.customer_id,
    judged.period_month,
    judged.scheme_code,
    judged.tier_code,
    judged.metric_code,
    judged.metric_value,
    bounds.lower_bound,
    bounds.upper_bound,
    bounds.region_code,
    bounds.industry_code,
    bounds.effective_from
from judged
left join ladders_of_the_industry as ladders
    on
        judged.scheme_code = ladders.scheme_code
        and judged.population_code = ladders.population_code
        and judged.period_end_date = ladders.period_end_date
        and judged.customer_region_code = ladders.customer_region_code
        and judged.customer_industry_code = ladders.customer_industry_code
left join bounds
    on
        ladders.scheme_code = bounds.scheme_code
        and ladders.population_code = bounds.population_code
        and ladders.industry_code = bounds.industry_code
        and ladders.region_code = bounds.region_code
        and ladders.effective_from = bounds.effective_from
        and judged.metric_code = bounds.metric_code
        and judged.tier_code = bounds.tier_code
where
    bounds.tier_code is null
    or judged.metric_value < bounds.lower_bound
    or judged.metric_value >= bounds.upper_bound
    or judged.tier_rank <> bounds.tier_rank
    or judged.lower_bound is distinct from bounds.lower_bound
    or judged.upper_bound is distinct from bounds.upper_bound
    or judged.rule_region_code <> bounds.region_code
    or judged.rule_effective_from <> bounds.effective_from
    or judged.approval_reference <> bounds.approval_reference
