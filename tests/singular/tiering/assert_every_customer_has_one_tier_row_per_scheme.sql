-- the bug it looks for: a customer month that a scheme should judge and does not, judges twice, or judges though it does not apply;
-- who is in which population is worked out here from the segments, which schemes there are from the seeds
with

segments as (
    select * from {{ ref('fct_customer_segments') }}
    where {{ is_made_anew('period_month', ref('fct_customer_segments')) }}
),

customer_months as (
    select * from {{ ref('fct_customer_months') }}
),

populations as (
    select * from {{ ref('rule_populations') }}
),

tiers as (
    select * from {{ ref('fct_customer_tiers') }}
    where {{ is_made_anew('period_month', ref('fct_customer_tiers')) }}
),

schemes as (
    select
        scheme_code,
        population_code,
        min(effective_from) as first_date
    from {{ ref('rule_tier_ladders') }}
    group by scheme_code, population_code
    union all
    select
        'statistical_size' as scheme_code,
        'company' as population_code,
        min(effective_from) as first_date
    from {{ ref('rule_sme_indicators') }}
),

expected as (
    select
        segments.customer_id,
        segments.period_month,
        schemes.scheme_code
    from segments
    inner join customer_months
        on
            segments.customer_id = customer_months.customer_id
            and segments.period_month = customer_months.period_month
    inner join populations
        on
            segments.market_type = populations.market_type
            and (populations.segment_code = '*' or segments.segment_code = populations.segment_code)
            and (populations.credit_customer = '*' or (populations.credit_customer = 'true') = customer_months.is_credit_customer)
    inner join schemes
        on
            populations.population_code = schemes.population_code
            and customer_months.period_end_date >= schemes.first_date
),

expected_counts as (
    select
        customer_id,
        period_month,
        scheme_code,
        count(*) as expected_count
    from expected
    group by customer_id, period_month, scheme_code
),

tier_counts as (
    select
        customer_id,
        period_month,
        scheme_code,
        count(*) as tier_count
    from tiers
    group by customer_id, period_month, scheme_code
)

select
    coalesce(expected_counts.customer_id, tier_counts.customer_id) as customer_id,
    coalesce(expected_counts.period_month, tier_counts.period_month) as period_month,
    coalesce(expected_counts.scheme_code, tier_counts.scheme_code) as scheme_code,
    coalesce(expected_counts.expected_count, 0) as expected_count,
    coalesce(tier_counts.tier_count, 0) as tier_count
from expected_counts
full outer join tier_counts
    on
        expected_counts.customer_id = tier_counts.customer_id
        and expected_counts.period_month = tier_counts.period_month
        and expected_counts.scheme_code = tier_counts.scheme_code
where coalesce(expected_counts.expected_count, 0) <> 1 or coalesce(tier_counts.tier_count, 0) <> 1
