-- pools that no customer could be charged with
with

pools as (
    select * from {{ ref('int_cost_pools_driven') }}
),

allocations as (
    select
        period_month,
        pool_branch_id,
        pool_code,
        sum(allocated_amount) as allocated_amount
    from {{ ref('int_cost_allocations') }}
    group by period_month, pool_branch_id, pool_code
),

final as (
    select
        pools.period_month,
        pools.branch_id,
        pools.pool_code,
        case
            when not pools.is_in_history then 'month_without_history'
            when pools.driver_code is null then 'no_driver_rule'
            else 'no_driver_volume'
        end as reason,
        pools.amount
    from pools
    left join allocations
        on
            pools.period_month = allocations.period_month
            and pools.branch_id = allocations.pool_branch_id
            and pools.pool_code = allocations.pool_code
    where allocations.period_month is null
)

select * from final
