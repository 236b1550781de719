-- the bug it looks for: a pool of which some cents are charged to nobody, or charged twice
with

pools as (
    select
        period_month,
        branch_id,
        pool_code,
        amount
    from {{ ref('int_cost_pools_driven') }}
),

parts as (
    select
        period_month,
        pool_branch_id as branch_id,
        pool_code,
        allocated_amount as amount
    from {{ ref('int_cost_allocations') }}
    union all
    select
        period_month,
        branch_id,
        pool_code,
        amount
    from {{ ref('fct_unallocated_costs') }}
),

summed as (
    select
        period_month,
        branch_id,
        pool_code,
        sum(amount) as amount
    from parts
    group by period_month, branch_id, pool_code
)

select
    coalesce(pools.period_month, summed.period_month) as period_month,
    coalesce(pools.branch_id, summed.branch_id) as branch_id,
    coalesce(pools.pool_code, summed.pool_code) as pool_code,
    pools.amount as pool_amount,
    summed.amount as parts_amount
from pools
full outer join summed
    on
        pools.period_month = summed.period_month
        and pools.branch_id = summed.branch_id
        and pools.pool_code = summed.pool_code
where coalesce(pools.amount <> summed.amount, true)
