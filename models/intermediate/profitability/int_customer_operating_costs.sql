{{ config(materialized='view') }}
-- the customer's share of the month's pools; unit costs in a month without any pool; and the taxes on what he paid
with

drivers as (
    select * from {{ ref('int_cost_drivers_measured') }}
    where {{ is_needed('period_month') }}
),

customer_months as (
    select * from {{ ref('int_customer_months_spined') }}
),

allocations as (
    select
        customer_id,
        period_month,
        sum(allocated_amount) as allocated_amount
    from {{ ref('int_cost_allocations') }}
    where {{ is_needed('period_month') }}
    group by customer_id, period_month
),

pooled_months as (
    select period_month
    from {{ ref('int_cost_pools_driven') }}
    group by period_month
),

unit_costs as (
    {{ rules_in_force(ref('rule_unit_costs'), ['driver_code']) }}
),

month_unit_costs as (
    select
        period_month,
        max(case when driver_code = 'active_accounts' then {{ to_units('unit_cost', 6) }} end) as active_accounts,
        max(case when driver_code = 'average_loans' then {{ to_units('unit_cost', 6) }} end) as average_loans,
        max(case when driver_code = 'average_deposits' then {{ to_units('unit_cost', 6) }} end) as average_deposits,
        max(case when driver_code = 'fee_transactions' then {{ to_units('unit_cost', 6) }} end) as fee_transactions,
        max(case when driver_code = 'visits' then {{ to_units('unit_cost', 6) }} end) as visits
    from unit_costs
    group by period_month
),

loan_interest as (
    select
        customer_id,
        period_month,
        sum(interest_amount) as interest_amount
    from {{ ref('int_loan_profits') }}
    where {{ is_needed('period_month') }}
    group by customer_id, period_month
),

fees as (
    select * from {{ ref('int_customer_net_fees') }}
),

parameters as (
    select * from {{ ref('int_profit_parameters') }}
),

joined as (
    select
        drivers.customer_id,
        drivers.period_month,
        pooled_months.period_month is not null as is_pooled,
        coalesce(allocations.allocated_amount, 0) as allocated_amount,
        -- pieces cost whole units, balances are in cents
        100 * (
            drivers.active_accounts * coalesce(month_unit_costs.active_accounts, 0)
            + drivers.fee_transactions * coalesce(month_unit_costs.fee_transactions, 0)
            + drivers.visits * coalesce(month_unit_costs.visits, 0)
        )
        + drivers.average_loans * coalesce(month_unit_costs.average_loans, 0)
        + drivers.average_deposits * coalesce(month_unit_costs.average_deposits, 0) as cost_units,
        {{ to_cents('coalesce(loan_interest.interest_amount, 0) + coalesce(fees.fee_amount, 0)') }} as taxed_cents,
        {{ to_units('parameters.tax_rate', 8) }} as tax_units
    from drivers
    inner join customer_months
        on
            drivers.customer_id = customer_months.customer_id
            and drivers.period_month = customer_months.period_month
    left join allocations
        on
            drivers.customer_id = allocations.customer_id
            and drivers.period_month = allocations.period_month
    left join pooled_months
        on drivers.period_month = pooled_months.period_month
    left join month_unit_costs
        on drivers.period_month = month_unit_costs.period_month
    left join loan_interest
        on
            drivers.customer_id = loan_interest.customer_id
            and drivers.period_month = loan_interest.period_month
    left join fees
        on
            drivers.customer_id = fees.customer_id
            and drivers.period_month = fees.period_month
    left join parameters
        on
            drivers.period_month = parameters.period_month
            and coalesce(customer_months.region_code, '*') = parameters.region_code
),

rounded as (
    select
        *,
        {{ to_amount(round_divide('cost_units', '1000000')) }} as unit_cost_amount,
        {{ to_amount(round_divide('taxed_cents * tax_units', '100000000')) }} as tax_amount
    from joined
),

final as (
    select
        customer_id,
        period_month,
        case when is_pooled then allocated_amount else unit_cost_amount end as cost_amount,
        tax_amount
    from rounded
)

select * from final
