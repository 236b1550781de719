-- the bug it looks for: a join between instrument and customer that drops or repeats a term
{%- set terms = [
    'loan_transfer_amount', 'deposit_transfer_amount', 'net_fee_amount', 'capital_cost_amount', 'credit_cost_amount',
    'economic_capital_amount',
] %}
with

instruments as (
    select
        {%- for term in terms %}
        coalesce(sum({{ term }}), 0) as {{ term }},
        {%- endfor %}
        customer_id,
        period_month
    from {{ ref('fct_instrument_profits') }}
    where {{ is_made_anew('period_month', ref('fct_instrument_profits')) }}
    group by customer_id, period_month
),

customers as (
    select * from {{ ref('fct_customer_profits') }}
    where {{ is_made_anew('period_month', ref('fct_customer_profits')) }}
)

select
    coalesce(instruments.customer_id, customers.customer_id) as customer_id,
    coalesce(instruments.period_month, customers.period_month) as period_month
from instruments
full outer join customers
    on
        instruments.customer_id = customers.customer_id
        and instruments.period_month = customers.period_month
where
    -- an instrument of a month before its customer's first one
    customers.customer_id is null
    {%- for term in terms %}
    or coalesce(instruments.{{ term }}, 0) <> customers.{{ term }}
    {%- endfor %}
