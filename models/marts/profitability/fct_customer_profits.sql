{{ config(materialized='monthly') }}
with

terms as (
    select * from {{ ref('int_customer_profit_terms') }}
    where {{ is_needed('period_month', months_before=11) }}
),

totalled as (
    select
        *,
        loan_transfer_amount + deposit_transfer_amount + net_fee_amount as revenue_amount,
        loan_transfer_amount + deposit_transfer_amount + net_fee_amount
        - capital_cost_amount - operating_cost_amount - credit_cost_amount as profit_contribution_amount
    from terms
),

windows as (
    select * from {{ ref('int_month_windows') }}
    where {{ is_needed('period_month') }}
),

over_twelve_months as (
    select
        totalled.customer_id,
        windows.period_month,
        sum(totalled.profit_contribution_amount) as profit_contribution_r12_amount,
        sum(totalled.revenue_amount) as revenue_r12_amount,
        sum(totalled.capital_cost_amount) as capital_cost_r12_amount,
        sum(totalled.operating_cost_amount) as operating_cost_r12_amount,
        sum(totalled.credit_cost_amount) as credit_cost_r12_amount,
        sum(totalled.economic_capital_amount) as economic_capital_r12_sum,
        count(*) as month_count,
        min(case when totalled.is_complete then 1 else 0 end) as complete_mark
    from totalled
    inner join windows
        on totalled.period_month = windows.window_month
    group by totalled.customer_id, windows.period_month
),

final as (
    select
        totalled.customer_id,
        totalled.branch_id,
        totalled.period_month,
        {%- for column in [
            'loan_transfer_amount', 'deposit_transfer_amount', 'net_fee_amount', 'capital_cost_amount', 'operating_cost_amount',
            'tax_amount', 'credit_cost_amount', 'revenue_amount', 'profit_contribution_amount', 'economic_capital_amount',
        ] %}
        cast(totalled.{{ column }} as decimal(18, 2)) as {{ column }},
        {%- endfor %}
        {%- for column in [
            'profit_contribution_r12_amount', 'revenue_r12_amount', 'capital_cost_r12_amount', 'operating_cost_r12_amount', 'credit_cost_r12_amount',
        ] %}
        cast(over_twelve_months.{{ column }} as decimal(18, 2)) as {{ column }},
        {%- endfor %}
        -- revenue less operating and credit cost, over the mean of the months' economic capital
        {{ from_rate_units(round_divide(
            to_cents('revenue_r12_amount - operating_cost_r12_amount - credit_cost_r12_amount') ~ ' * month_count * 100000000',
            to_cents('economic_capital_r12_sum')
        )) }} as raroc_r12_rate,
        totalled.is_complete,
        over_twelve_months.complete_mark = 1 as is_complete_r12
    from totalled
    inner join over_twelve_months
        on
            totalled.customer_id = over_twelve_months.customer_id
            and totalled.period_month = over_twelve_months.period_month
)

select * from final
