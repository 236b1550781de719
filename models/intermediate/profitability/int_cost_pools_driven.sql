-- every pool of the bank up to the as-of date with the driver that divides it
with

-- whatever day of a month a pool is dated, it is the month's
pools as (
    select
        {{ month_of('period_month') }} as period_month,
        branch_id,
        pool_code,
        sum(amount) as amount
    from {{ ref('stg_finance__cost_pools') }}
    where {{ month_of('period_month') }} <= {{ as_of_date() }}
    group by {{ month_of('period_month') }}, branch_id, pool_code
),

months as (
    select * from {{ ref('int_months') }}
),

drivers as (
    {{ rules_in_force(ref('rule_cost_drivers'), ['pool_code']) }}
),

final as (
    select
        pools.period_month,
        pools.branch_id,
        pools.pool_code,
        cast(pools.amount as decimal(18, 2)) as amount,
        drivers.driver_code,
        months.period_month is not null as is_in_history
    from pools
    left join months
        on pools.period_month = months.period_month
    left join drivers
        on
            months.period_month = drivers.period_month
            and pools.pool_code = drivers.pool_code
)

select * from final
