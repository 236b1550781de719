-- Which companies that do not bank here deal most with our customers, and which customer can introduce us?
with

prospects as (
    select * from {{ ref('fct_chain_prospects') }}
),

customers as (
    select * from {{ ref('dim_customers') }}
)

select
    prospects.prospect_rank,
    prospects.counterparty_name,
    prospects.prospect_id,
    prospects.payer_count,
    prospects.payee_count,
    prospects.in_amount,
    prospects.out_amount,
    prospects.introducer_customer_id,
    customers.customer_name as introducer_name,
    customers.branch_id
from prospects
inner join customers
    on prospects.introducer_customer_id = customers.customer_id
order by prospects.prospect_rank
limit 50
