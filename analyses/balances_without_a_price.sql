-- How much money counts nothing in the contribution because a price, a rate or a customer is missing, and why?
with

unpriced as (
    select * from {{ ref('unpriced_instruments') }}
),

instruments as (
    select * from {{ ref('fct_instrument_profits') }}
)

select
    unpriced.period_month,
    unpriced.reason,
    unpriced.instrument_type,
    unpriced.currency,
    count(*) as instrument_count,
    sum(coalesce(instruments.average_balance, 0)) as average_balance
from unpriced
left join instruments
    on
        unpriced.instrument_type = instruments.instrument_type
        and unpriced.instrument_id = instruments.instrument_id
        and unpriced.period_month = instruments.period_month
group by unpriced.period_month, unpriced.reason, unpriced.instrument_type, unpriced.currency
order by unpriced.period_month desc, unpriced.reason asc, unpriced.instrument_type asc, unpriced.currency asc
