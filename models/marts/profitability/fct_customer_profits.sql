{{ config(materialized='monthly') }}
with

customer_months as (
    select * from {{ ref('fct_customer_months') }}
    where {{ is_needed('period_month', months_before=11) }}
),

loans as (
    select
        customer_id,
        period_month,
        sum(interest_amount) as interest_amount,
        sum(loan_transfer_amount) as loan_transfer_amount,
        sum(capital_cost_amount) as capital_cost_amount,
        sum(economic_capital_amount) as economic_capital_amount,
        sum(credit_cost_amount) as credit_cost_amount,
        count(unpriced_reason) as unpriced_count
    from {{ ref('int_loan_profits') }}
    where {{ is_needed('period_month', months_before=11) }}
    group by customer_id, period_month
),

deposits as (
    select
        customer_id,
        period_month,
        sum(deposit_transfer_amount) as deposit_transfer_amount,
        count(unpriced_reason) as unpriced_count
    from {{ ref('int_account_profits') }}
    where {{ is_needed('period_month', months_before=11) }}
    group by customer_id, period_month
),

operating_costs as (
    select * from {{ ref('int_customer_operating_costs') }}
),

summed as (
    select
        customer_months.customer_id,
        customer_months.branch_id,
        customer_months.period_month,
        coalesce(loans.loan_transfer_amount, 0) as loan_transfer_amount,
        coalesce(deposits.deposit_transfer_amount, 0) as deposit_transfer_amount,
        customer_months.net_fee_amount,
        coalesce(loans.capital_cost_amount, 0) as capital_cost_amount,
        operating_costs.cost_amount + operating_costs.tax_amount as operating_cost_amount,
        operating_costs.tax_amount,
        coalesce(loans.credit_cost_amount, 0) as credit_cost_amount,
        coalesce(loans.economic_capital_amount, 0) as economic_capital_amount,
        coalesce(loans.unpriced_count, 0) + coalesce(deposits.unpriced_count, 0) = 0 as is_complete
    from customer_months
    inner join operating_costs
        on
            customer_months.customer_id = operating_costs.customer_id
            and customer_months.period_month = operating_costs.period_month
    left join loans
        on
            customer_months.customer_id = loans.customer_id
            and customer_months.period_month = loans.period_month
    left join deposits
        on
            customer_months.customer_id = deposits.customer_id
            and customer_months.period_month = deposits.period_month
),

totalled as (
    select
        *,
        loan_transfer_amount + deposit_transfer_amount + net_fee_amount as revenue_amount,
        loan_transfer_amount + deposit_transfer_amount + net_fee_amount
        - capital_cost_amount - operating_cost_amount - credit_cost_amount as profit_contribution_amount
    from summed
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
