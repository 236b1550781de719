-- How much of the bank's deposits, loans and contribution hangs on its ten, its fifty and all its customers?
with

customer_months as (
    select * from {{ ref('fct_customer_months') }}
),

profits as (
    select * from {{ ref('fct_customer_profits') }}
),

months as (
    select * from {{ ref('dim_months') }}
),

measured as (
    select
        customer_months.customer_id,
        customer_months.deposit_balance,
        customer_months.loan_balance,
        profits.profit_contribution_r12_amount
    from customer_months
    inner join months
        on customer_months.period_month = months.period_month
    inner join profits
        on
            customer_months.customer_id = profits.customer_id
            and customer_months.period_month = profits.period_month
    where months.is_current
),

ranked as (
    select
        *,
        row_number() over (order by deposit_balance desc, customer_id asc) as deposit_place,
        row_number() over (order by loan_balance desc, customer_id asc) as loan_place,
        row_number() over (order by profit_contribution_r12_amount desc, customer_id asc) as profit_place,
        count(*) over () as customer_count
    from measured
),

places as (
    select 10 as place_count
    union all
    select 50 as place_count
    union all
    select max(customer_count) as place_count from ranked
),

summed as (
    select
        places.place_count,
        sum(case when ranked.deposit_place <= places.place_count then ranked.deposit_balance else 0 end) as deposit_balance,
        sum(case when ranked.loan_place <= places.place_count then ranked.loan_balance else 0 end) as loan_balance,
        sum(case when ranked.profit_place <= places.place_count then ranked.profit_contribution_r12_amount else 0 end)
            as profit_contribution_r12_amount,
        sum(ranked.deposit_balance) as all_deposits,
        sum(ranked.loan_balance) as all_loans
    from places
    cross join ranked
    group by places.place_count
)

select
    place_count,
    deposit_balance,
    {{ rate_of('deposit_balance', 'all_deposits') }} as deposit_share_rate,
    loan_balance,
    {{ rate_of('loan_balance', 'all_loans') }} as loan_share_rate,
    profit_contribution_r12_amount
from summed
order by place_count
