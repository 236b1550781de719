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

over_twelve_months as (
    select
        *,
        sum(profit_contribution_amount) over twelve_months as profit_contribution_r12_amount,
        sum(revenue_amount) over twelve_months as revenue_r12_amount,
        sum(capital_cost_amount) over twelve_months as capital_cost_r12_amount,
        sum(operating_cost_amount) over twelve_months as operating_cost_r12_amount,
        sum(credit_cost_amount) over twelve_months as credit_cost_r12_amount,
        sum(economic_capital_amount) over twelve_months as economic_capital_r12_sum,
        count(*) over twelve_months as month_count,
        min(case when is_complete then 1 else 0 end) over twelve_months as complete_mark
    from totalled
    window twelve_months as (partition by customer_id order by period_month rows between 11 preceding and current row)
),

final as (
    select
        customer_id,
        branch_id,
        period_month,
        {%- for column in [
            'loan_transfer_amount', 'deposit_transfer_amount', 'net_fee_amount', 'capital_cost_amount', 'operating_cost_amount',
            'tax_amount', 'credit_cost_amount', 'revenue_amount', 'profit_contribution_amount', 'economic_capital_amount',
            'profit_contribution_r12_amount', 'revenue_r12_amount', 'capital_cost_r12_amount', 'operating_cost_r12_amount', 'credit_cost_r12_amount',
        ] %}
        cast({{ column }} as decimal(18, 2)) as {{ column }},
        {%- endfor %}
        -- revenue less operating and credit cost, over the mean of the months' economic capital
        {{ from_rate_units(round_divide(
            to_cents('revenue_r12_amount - operating_cost_r12_amount - credit_cost_r12_amount') ~ ' * month_count * 100000000',
            to_cents('economic_capital_r12_sum')
        )) }} as raroc_r12_rate,
        is_complete,
        complete_mark = 1 as is_complete_r12
    from over_twelve_months
)

select * from final
