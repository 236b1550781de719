{{ config(materialized='monthly') }}
with

organizations as (
    select * from {{ ref('int_organization_months') }}
    where {{ is_needed('period_month') }}
),

inflows as (
    select * from {{ ref('int_organization_inflows') }}
    where {{ is_needed('period_month') }}
),

measured as (
    select
        organizations.customer_id,
        organizations.branch_id,
        organizations.period_month,
        cast(coalesce(inflows.own_inflow_amount, 0) as decimal(18, 2)) as own_inflow_amount,
        cast(coalesce(inflows.linked_inflow_amount, 0) as decimal(18, 2)) as linked_inflow_amount,
        organizations.loan_average_balance_r12
    from organizations
    left join inflows
        on
            organizations.customer_id = inflows.customer_id
            and organizations.period_month = inflows.period_month
    where
        organizations.loan_average_balance_r12 > 0
        or inflows.customer_id is not null
),

final as (
    select
        customer_id,
        branch_id,
        period_month,
        cast(own_inflow_amount + linked_inflow_amount as decimal(18, 2)) as inflow_amount,
        own_inflow_amount,
        linked_inflow_amount,
        loan_average_balance_r12,
        {{ rate_of('own_inflow_amount + linked_inflow_amount', 'loan_average_balance_r12') }} as collection_rate
    from measured
)

select * from final
