-- the bug it looks for: a parameter, risk weight, default probability or loss rate without a row, so that a cost silently is nothing
select
    instrument_id,
    period_month,
    exposure_class_code
from {{ ref('fct_instrument_profits') }}
where
    instrument_type = 'loan'
    and coalesce(unpriced_reason, '') <> 'no_fx_rate'
    and (capital_cost_amount is null or credit_cost_amount is null or economic_capital_amount is null)
