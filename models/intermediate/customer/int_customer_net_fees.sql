{{ config(materialized='monthly') }}
-- depends_on: {{ ref('int_months') }}
with

fee_transactions as (
    select * from {{ ref('stg_core__fee_transactions') }}
    where transaction_date <= {{ as_of_date() }}
),

final as (
    select
        customer_id,
        {{ month_of('transaction_date') }} as period_month,
        cast(sum(fee_amount) as decimal(18, 2)) as fee_amount,
        cast(sum(fee_amount - coalesce(cost_amount, 0)) as decimal(18, 2)) as net_fee_amount,
        count(*) as fee_transaction_count
    from fee_transactions
    group by customer_id, {{ month_of('transaction_date') }}
)

select * from final
