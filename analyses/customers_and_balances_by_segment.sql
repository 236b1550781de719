-- How many customers does each segment have in the newest month, and what do they hold?
with

segments as (
    select * from {{ ref('fct_customer_segments') }}
),

customer_months as (
    select * from {{ ref('fct_customer_months') }}
),

newest_month as (
    select max(period_month) as period_month from customer_months
)

select
    segments.segment_code,
    count(*) as customer_count,
    sum(customer_months.deposit_balance) as deposit_balance,
    sum(customer_months.loan_balance) as loan_balance
from segments
inner join customer_months
    on
        segments.customer_id = customer_months.customer_id
        and segments.period_month = customer_months.period_month
inner join newest_month
    on segments.period_month = newest_month.period_month
group by segments.segment_code
order by segments.segment_code
