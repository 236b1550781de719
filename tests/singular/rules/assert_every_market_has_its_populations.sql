-- the bug it looks for: a market whose customers are in no population, so that no scheme applies to them
with

segment_rules as (
    select * from {{ ref('rule_segments') }}
),

populations as (
    select * from {{ ref('rule_populations') }}
),

rungs as (
    select * from {{ ref('int_tier_rungs') }}
)

select 'rule_populations has no row for market type ' || segment_rules.market_type as message
from segment_rules
left join populations
    on segment_rules.market_type = populations.market_type
where segment_rules.market_type <> 'retail' and populations.market_type is null
union
select
    'rule_populations has no row for population ' || rungs.population_code || ', which scheme ' || rungs.scheme_code
    || ' has a ladder for' as message
from rungs
left join populations
    on rungs.population_code = populations.population_code
where populations.population_code is null
