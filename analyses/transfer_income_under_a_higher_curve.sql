-- What would an FTP curve 10 basis points higher do to the transfer income of each product, and what to the treasury?
{# 10 basis points in units of 10^-8 #}
{% set higher_rate_units = 100000 %}
with

instruments as (
    select * from {{ ref('fct_instrument_profits') }}
    where unpriced_reason is null and instrument_type in ('account', 'loan')
),

months as (
    select * from {{ ref('dim_months') }}
    where is_current
),

parameters as (
    select * from {{ ref('int_parameters_in_force') }}
    where parameter_code = 'interest_day_count'
),

priced as (
    select
        instruments.instrument_type,
        instruments.product_code,
        instruments.loan_transfer_amount,
        instruments.deposit_transfer_amount,
        {{ amount_of(
            to_cents('instruments.average_balance') ~ ' * months.month_days * ' ~ higher_rate_units, 8, 'cast(parameters.value as integer)'
        ) }} as price_difference_amount
    from instruments
    inner join months
        on instruments.period_month = months.period_month
    inner join parameters
        on instruments.period_month = parameters.period_month and parameters.region_code = '*'
)

select
    instrument_type,
    product_code,
    count(*) as instrument_count,
    sum(coalesce(loan_transfer_amount, deposit_transfer_amount)) as transfer_amount,
    sum(case when instrument_type = 'loan' then -price_difference_amount else price_difference_amount end) as transfer_difference_amount,
    sum(case when instrument_type = 'loan' then price_difference_amount else -price_difference_amount end) as treasury_difference_amount
from priced
group by instrument_type, product_code
order by instrument_type, product_code
