{#- a warning: whether a year has a pool yet is the bank's decision, and the points are right without it -#}
{{ config(severity='warn') }}
-- the bug it looks for: a year in which departments earned points and for which rule_reward_pools has no row; everybody's reward
-- would be 0 in silence
with

points as (
    select * from {{ ref('fct_department_points') }}
),

pools as (
    select * from {{ ref('rule_reward_pools') }}
)

select 'rule_reward_pools has no row for the year ' || cast(points.assessment_year as varchar) as message
from points
left join pools
    on points.assessment_year = pools.assessment_year
where pools.assessment_year is null
group by points.assessment_year
