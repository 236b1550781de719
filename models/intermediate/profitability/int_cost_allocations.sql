{{ config(materialized='monthly') }}
-- each pool divided among the customers of its branch, or of the whole bank, by its driver and to the cent
with

-- numbered: millions of parts are ordered within their pools, and carry one number instead of the pool
pools as (
    select
        *,
        {{ to_cents('amount') }} as pool_cents,
        row_number() over (order by period_month, branch_id, pool_code) as pool_number
    from {{ ref('int_cost_pools_driven') }}
),

drivers as (
    select * from {{ ref('int_cost_drivers_measured') }}
    where {{ is_needed('period_month') }}
),

-- one equality join a scope: a condition with both would pair every customer with every branch's pools
pool_customers as (
    select
        pools.pool_number,
        pools.pool_cents,
        pools.driver_code,
        drivers.*
    from pools
    inner join drivers
        on
            pools.period_month = drivers.period_month
            and pools.branch_id = drivers.branch_id
    union all
    select
        pools.pool_number,
        pools.pool_cents,
        pools.driver_code,
        drivers.*
    from pools
    inner join drivers
        on pools.period_month = drivers.period_month
    where pools.branch_id = '*'
),

weighed as (
    select
        pool_number,
        pool_cents,
        customer_id,
        case driver_code
            when 'active_accounts' then active_accounts
            when 'average_loans' then average_loans
            when 'average_deposits' then average_deposits
            when 'fee_transactions' then fee_transactions
            when 'visits' then visits
        end as weight
    from pool_customers
),

driven as (
    select * from weighed
    where weight > 0
),

allocated as (
    {{ allocated('driven', ['pool_number'], 'pool_cents', 'weight', 'customer_id') }}
),

final as (
    select
        allocated.customer_id,
        pools.period_month,
        pools.branch_id as pool_branch_id,
        pools.pool_code,
        {{ to_amount('allocated.allocated_cents') }} as allocated_amount
    from allocated
    inner join pools
        on allocated.pool_number = pools.pool_number
)

select * from final
