{{ config(materialized='monthly') }}
-- what the extracts say of a company or institution as a customer; an empty value is missing, never zero
with

customer_months as (
    select * from {{ ref('fct_customer_months') }}
),

segments as (
    select * from {{ ref('fct_customer_segments') }}
    where {{ is_needed('period_month', months_before=12) }}
),

-- with the months in which they were something else: twelve months are twelve months
organizations as (
    select customer_id
    from segments
    where market_type in ('company', 'institution')
    group by customer_id
),

first_months as (
    select * from {{ ref('int_customer_first_months') }}
),

products_held as (
    select * from {{ ref('int_customer_products_held') }}
),

fees as (
    select * from {{ ref('int_customer_net_fees') }}
),

flows as (
    select
        customer_id,
        {{ month_of('flow_date') }} as period_month,
        count(*) as flow_count
    from {{ ref('stg_core__counterparty_flows') }}
    where flow_date <= {{ as_of_date() }}
    group by customer_id, {{ month_of('flow_date') }}
),

vip_executives as (
    select * from {{ ref('int_customer_vip_executives') }}
),

provisions as (
    select
        customer_id,
        period_month,
        sum(provision_amount) as provision_amount
    from {{ ref('int_loan_profits') }}
    group by customer_id, period_month
),

joined as (
    select
        segments.customer_id,
        segments.period_month,
        segments.market_type,
        customer_months.product_count,
        coalesce(products_held.account_value, 0) as account_value,
        coalesce(products_held.contract_count, 0) as contract_count,
        {{ months_between('first_months.first_month', 'customer_months.period_end_date') }} as tenure_months,
        customer_months.deposit_average_balance_r12 + customer_months.loan_average_balance_r12 as average_balance_r12,
        customer_months.deposit_average_balance + customer_months.loan_average_balance as average_balance,
        coalesce(fees.fee_transaction_count, 0) + coalesce(flows.flow_count, 0) as transaction_count,
        coalesce(vip_executives.vip_executive_count, 0) as vip_executive_count,
        customer_months.loan_balance,
        provisions.provision_amount
    from segments
    inner join organizations
        on segments.customer_id = organizations.customer_id
    inner join customer_months
        on
            segments.customer_id = customer_months.customer_id
            and segments.period_month = customer_months.period_month
    inner join first_months
        on segments.customer_id = first_months.customer_id
    left join products_held
        on
            segments.customer_id = products_held.customer_id
            and segments.period_month = products_held.period_month
    left join fees
        on
            segments.customer_id = fees.customer_id
            and segments.period_month = fees.period_month
    left join flows
        on
            segments.customer_id = flows.customer_id
            and segments.period_month = flows.period_month
    left join vip_executives
        on
            segments.customer_id = vip_executives.customer_id
            and segments.period_month = vip_executives.period_month
    left join provisions
        on
            segments.customer_id = provisions.customer_id
            and segments.period_month = provisions.period_month
),

over_twelve_months as (
    select
        *,
        sum(transaction_count) over (
            partition by customer_id order by period_month rows between 11 preceding and current row
        ) as transaction_count_r12,
        lag(average_balance, 12) over (partition by customer_id order by period_month) as previous_average_balance
    from joined
),

final as (
    select
        customer_id,
        period_month,
        product_count,
        account_value,
        contract_count,
        tenure_months,
        average_balance_r12,
        transaction_count_r12,
        vip_executive_count,
        -- on the same month of the year before, so that seasons do not look like growth
        case
            when previous_average_balance > 0
                then {{ rate_of('average_balance - previous_average_balance', 'previous_average_balance') }}
        end as growth_rate,
        -- the provision that the grades of the loans require, per yuan lent
        case when loan_balance > 0 then {{ rate_of('provision_amount', 'loan_balance') }} end as provision_rate
    from over_twelve_months
    where market_type in ('company', 'institution')
)

select * from final
