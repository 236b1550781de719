-- the bug it looks for: a management level that does not follow from the tiers published beside it; marks are read here from
-- the mart, the ladder from the seed
with

tiers as (
    select * from {{ ref('fct_customer_tiers') }}
),

strategic_customers as (
    select * from {{ ref('int_customer_metrics') }}
    where strategic_mark = 1
),

levels as (
    select * from tiers
    where scheme_code = 'management_level'
),

ladders as (
    select * from {{ ref('int_customer_ladders') }}
    where scheme_code = 'management_level'
),

rungs as (
    select * from {{ ref('rule_tier_ladders') }}
    where scheme_code = 'management_level'
),

marks as (
    select
        customer_id,
        period_month,
        'strategic_mark' as metric_code
    from strategic_customers
    {%- for mark, scheme, tier in [
        ('traditional_large_mark', 'traditional_company_scale', 'large'),
        ('traditional_medium_mark', 'traditional_company_scale', 'medium'),
        ('class_1_mark', 'marketing_class', 'class_1'),
        ('class_2_mark', 'marketing_class', 'class_2'),
    ] %}
    union all
    select
        customer_id,
        period_month,
        '{{ mark }}' as metric_code
    from tiers
    where scheme_code = '{{ scheme }}' and tier_code = '{{ tier }}'
    {%- endfor %}
),

expected as (
    select
        ladders.customer_id,
        ladders.period_month,
        min(rungs.tier_rank) as tier_rank
    from ladders
    inner join rungs
        on
            ladders.population_code = rungs.population_code
            and ladders.ladder_industry_code = rungs.industry_code
            and ladders.ladder_region_code = rungs.region_code
            and ladders.ladder_effective_from = rungs.effective_from
    left join marks
        on
            ladders.customer_id = marks.customer_id
            and ladders.period_month = marks.period_month
            and rungs.metric_code = marks.metric_code
    where rungs.lower_bound is null or marks.customer_id is not null
    group by ladders.customer_id, ladders.period_month
)

select
    coalesce(expected.customer_id, levels.customer_id) as customer_id,
    coalesce(expected.period_month, levels.period_month) as period_month,
    expected.tier_rank as expected_tier_rank,
    levels.tier_rank
from expected
full outer join levels
    on
        expected.customer_id = levels.customer_id
        and expected.period_month = levels.period_month
where expected.tier_rank is distinct from levels.tier_rank
