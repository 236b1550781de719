-- What does each exposure class earn on the capital that its loans tie up?
with

instruments as (
    select * from {{ ref('fct_instrument_profits') }}
    where instrument_type = 'loan'
),

months as (
    select * from {{ ref('dim_months') }}
)

select
    instruments.exposure_class_code,
    count(*) as loan_count,
    sum(instruments.average_balance) as average_balance,
    sum(instruments.economic_capital_amount) as economic_capital_amount,
    sum(coalesce(instruments.loan_transfer_amount, 0)) as loan_transfer_amount,
    sum(instruments.credit_cost_amount) as credit_cost_amount,
    sum(instruments.capital_cost_amount) as capital_cost_amount,
    {{ rate_of(
        'sum(coalesce(instruments.loan_transfer_amount, 0) - instruments.credit_cost_amount)', 'sum(instruments.economic_capital_amount)'
    ) }} as monthly_return_rate
from instruments
inner join months
    on instruments.period_month = months.period_month
where months.is_current
group by instruments.exposure_class_code
order by monthly_return_rate desc, instruments.exposure_class_code asc
