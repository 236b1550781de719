-- the bug it looks for: a customer without a ladder under a scheme that has one for every other industry and region
with

ladders as (
    select * from {{ ref('int_customer_ladders') }}
),

schemes_for_everybody as (
    select
        scheme_code,
        population_code
    from {{ ref('int_tier_rungs') }}
    where industry_code = '*' and region_code = '*'
    group by scheme_code, population_code
)

select
    'scheme ' || ladders.scheme_code || ', population ' || ladders.population_code || ' has no ladder in '
    || cast(ladders.period_month as varchar) || ' for ' || cast(count(*) as varchar) || ' customers, such as '
    || min(ladders.customer_id) as message
from ladders
inner join schemes_for_everybody
    on
        ladders.scheme_code = schemes_for_everybody.scheme_code
        and ladders.population_code = schemes_for_everybody.population_code
where ladders.ladder_effective_from is null
group by ladders.scheme_code, ladders.population_code, ladders.period_month
