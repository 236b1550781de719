-- each pool divided among the customers of its branch, or of the whole bank, by its driver and to the cent
with

pools as (
    select * from {{ ref('int_cost_pools_driven') }}
),

drivers as (
    select * from {{ ref('int_cost_drivers_measured') }}
),

weighed as (
    select
        pools.period_month,
        pools.branch_id as pool_branch_id,
        pools.pool_code,
        pools.driver_code,
        drivers.customer_id,
        {{ to_cents('pools.amount') }} as pool_cents,
        case pools.driver_code
            when 'active_accounts' then drivers.active_accounts
            when 'average_loans' then drivers.average_loans
            when 'average_deposits' then drivers.average_deposits
            when 'fee_transactions' then drivers.fee_transactions
            when 'visits' then drivers.visits
        end as weight
    from pools
    inner join drivers
        on
            pools.period_month = drivers.period_month
            and pools.branch_id in (drivers.branch_id, '*')
),

driven as (
    select * from weighed
    where weight > 0
),

allocated as (
    {{ allocated('driven', ['period_month', 'pool_branch_id', 'pool_code'], 'pool_cents', 'weight', 'customer_id') }}
),

final as (
    select
        customer_id,
        period_month,
        pool_branch_id,
        pool_code,
        driver_code,
        weight,
        {{ to_amount('allocated_cents') }} as allocated_amount
    from allocated
)

select * from final
