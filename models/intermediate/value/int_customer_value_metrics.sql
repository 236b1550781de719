{{ config(materialized='view') }}
-- what the extracts say of a company or institution as a customer; an empty value is missing, never zero
with

customer_months as (
    select
        *,
        deposit_average_balance + loan_average_balance as average_balance,
        deposit_average_balance_r12 + loan_average_balance_r12 as average_balance_r12
    from {{ ref('fct_customer_months') }}
    where {{ is_needed('period_month', months_before=12) }}
),

segments as (
    select * from {{ ref('fct_customer_segments') }}
    where market_type in ('company', 'institution') and {{ is_needed('period_month') }}
),

windows as (
    select * from {{ ref('int_month_windows') }}
    where {{ is_needed('period_month') }}
),

first_months as (
    select * from {{ ref('int_customer_first_months') }}
),

products_held as (
    select * from {{ ref('int_customer_products_held') }}
),

fees as (
    select * from {{ ref('int_customer_net_fees') }}
    where {{ is_needed('period_month', months_before=11) }}
),

flows as (
    select * from {{ ref('stg_core__counterparty_flows') }}
),

months as (
    select * from {{ ref('int_months') }}
    where {{ is_needed('period_month', months_before=11) }}
),

-- a payment of a day that is still to come is in no month
transactions as (
    select
        customer_id,
        period_month,
        fee_transaction_count as transaction_count
    from fees
    union all
    select
        flows.customer_id,
        months.period_month,
        count(*) as transaction_count
    from flows
    inner join months
        on
            {{ month_of('flows.flow_date') }} = months.period_month
            and flows.flow_date <= months.period_end_date
    group by flows.customer_id, months.period_month
),

-- of the twelve months, whatever the customer was in them
transactions_r12 as (
    select
        segments.customer_id,
        segments.period_month,
        cast(sum(transactions.transaction_count) as bigint) as transaction_count
    from segments
    inner join windows
        on segments.period_month = windows.period_month
    inner join transactions
        on
            segments.customer_id = transactions.customer_id
            and windows.window_month = transactions.period_month
    inner join first_months
        on
            transactions.customer_id = first_months.customer_id
            and transactions.period_month >= first_months.first_month
    group by segments.customer_id, segments.period_month
),

vip_executives as (
    select * from {{ ref('int_customer_vip_executives') }}
),

loans as (
    select
        *,
        {{ to_cents('balance') }} * {{ to_rate_units('rate_to_cny') }} as lent_units
    from {{ ref('int_loan_profits') }}
    where {{ is_needed('period_month') }}
),

-- not rounded here: a band judges their quotient
provisions as (
    select
        customer_id,
        period_month,
        cast(sum(lent_units) as {{ type_exact() }}) as lent_units,
        cast(sum(lent_units * {{ to_units('provision_rate', 4) }}) as {{ type_exact() }}) as provision_units
    from loans
    group by customer_id, period_month
),

joined as (
    select
        segments.customer_id,
        segments.period_month,
        customer_months.product_count,
        coalesce(products_held.account_value, 0) as account_value,
        coalesce(products_held.contract_count, 0) as contract_count,
        {{ months_between('first_months.first_month', 'customer_months.period_end_date') }} as tenure_months,
        customer_months.average_balance_r12,
        {{ to_cents('customer_months.average_balance - year_before.average_balance') }} as growth_cents,
        case when year_before.average_balance > 0 then {{ to_cents('year_before.average_balance') }} end as previous_cents,
        coalesce(transactions_r12.transaction_count, 0) as transaction_count_r12,
        coalesce(vip_executives.vip_executive_count, 0) as vip_executive_count,
        case when provisions.lent_units > 0 then provisions.lent_units end as lent_units,
        provisions.provision_units
    from segments
    inner join customer_months
        on
            segments.customer_id = customer_months.customer_id
            and segments.period_month = customer_months.period_month
    inner join first_months
        on segments.customer_id = first_months.customer_id
    left join customer_months as year_before
        on
            segments.customer_id = year_before.customer_id
            and {{ add_to_date('month', -12, 'segments.period_month') }} = year_before.period_month
    left join products_held
        on
            segments.customer_id = products_held.customer_id
            and segments.period_month = products_held.period_month
    left join transactions_r12
        on
            segments.customer_id = transactions_r12.customer_id
            and segments.period_month = transactions_r12.period_month
    left join vip_executives
        on
            segments.customer_id = vip_executives.customer_id
            and segments.period_month = vip_executives.period_month
    left join provisions
        on
            segments.customer_id = provisions.customer_id
            and segments.period_month = provisions.period_month
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
        {{ from_rate_units(floor_divide('growth_cents * 100000000', 'previous_cents')) }} as growth_rate,
        -- the provision that the grades of the loans require, per yuan lent: units of 10^-4 more on one side, of 10^-8 in the rate
        {{ from_rate_units(floor_divide('provision_units * 10000', 'lent_units')) }} as provision_rate
    from joined
)

select * from final
