-- the bug it looks for: an allocation that keeps or invents a cent
with

rewards as (
    select
        assessment_year,
        sum(reward_amount) as reward_amount,
        max(counted_points) as best_points
    from {{ ref('fct_department_rewards') }}
    group by assessment_year
),

pools as (
    select * from {{ ref('rule_reward_pools') }}
)

select
    rewards.assessment_year,
    rewards.reward_amount,
    pools.pool_amount
from rewards
left join pools
    on rewards.assessment_year = pools.assessment_year
where
    rewards.reward_amount <> case when rewards.best_points > 0 then coalesce(pools.pool_amount, 0) else 0 end
