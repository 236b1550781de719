-- the bug it looks for: a role, class, population or relation that a set of rules forgot, so that nobody is owed a visit, no span
-- or target holds and nobody misses it; or sets that begin after the first period
with

products as (
    select count(*) as product_count
    from {{ ref('ref_products') }}
    where product_code = 'payroll'
),

first_period as (
    select min(period_end_date) as period_end_date
    from {{ ref('int_months') }}
),

codes as (
    select
        code_set,
        code
    from {{ ref('ref_codes') }}
),

classes as (
    select tier_code as class_code
    from {{ ref('rule_tier_ladders') }}
    where scheme_code = 'marketing_class'
    group by tier_code
),

needed as (
    select
        'rule_visit_requirements' as seed,
        codes.code || ' ' || classes.class_code as rule_key
    from codes
    cross join classes
    where codes.code_set = 'visitor_role'
    union all
    select
        'rule_coverage_spans' as seed,
        class_code as rule_key
    from classes
    union all
    select
        'rule_coverage_spans' as seed,
        '*' as rule_key
    union all
    select
        'rule_payroll_targets' as seed,
        code as rule_key
    from codes
    where code_set = 'payroll_population'
    union all
    select
        'rule_linked_relations' as seed,
        code as rule_key
    from codes
    where code_set = 'relation_type'
    union all
    select
        'rule_claimed_attrition' as seed,
        '1' as rule_key
),

given as (
    select
        'rule_visit_requirements' as seed,
        effective_from,
        visitor_role || ' ' || class_code as rule_key
    from {{ ref('rule_visit_requirements') }}
    union all
    select
        'rule_coverage_spans' as seed,
        effective_from,
        class_code as rule_key
    from {{ ref('rule_coverage_spans') }}
    union all
    select
        'rule_payroll_targets' as seed,
        effective_from,
        population_code as rule_key
    from {{ ref('rule_payroll_targets') }}
    union all
    select
        'rule_linked_relations' as seed,
        effective_from,
        relation_type as rule_key
    from {{ ref('rule_linked_relations') }}
    union all
    select
        'rule_claimed_attrition' as seed,
        effective_from,
        cast(product_count_from as varchar) as rule_key
    from {{ ref('rule_claimed_attrition') }}
    union all
    select
        'rule_effective_rungs' as seed,
        effective_from,
        rung_code as rule_key
    from {{ ref('rule_effective_rungs') }}
),

sets as (
    select
        seed,
        effective_from
    from given
    group by seed, effective_from
),

seeds as (
    select seed from needed
    union
    select 'rule_effective_rungs' as seed
)

select sets.seed || ' of ' || cast(sets.effective_from as varchar) || ' has no row for ' || needed.rule_key as message
from sets
inner join needed
    on sets.seed = needed.seed
left join given
    on
        sets.seed = given.seed
        and sets.effective_from = given.effective_from
        and needed.rule_key = given.rule_key
where given.rule_key is null
union all
select seeds.seed || ' has no rows in force on ' || cast(first_period.period_end_date as varchar) as message
from seeds
inner join first_period
    on first_period.period_end_date is not null
left join sets
    on
        seeds.seed = sets.seed
        and first_period.period_end_date >= sets.effective_from
where sets.seed is null
union all
select 'ref_products has no product payroll, by whose contracts a payroll is known to be opened' as message
from products
where product_count = 0
