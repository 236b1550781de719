{{ config(materialized='view') }}
-- the last rate on or before the period's end; the yuan's own is 1
with

months as (
    select * from {{ ref('int_months') }}
),

rates as (
    select * from {{ ref('stg_finance__fx_rates') }}
),

candidates as (
    select
        months.period_month,
        rates.currency,
        rates.rate_to_cny,
        rates.rate_date,
        row_number() over (partition by months.period_month, rates.currency order by rates.rate_date desc) as age
    from months
    inner join rates
        on months.period_end_date >= rates.rate_date
    where rates.currency <> 'CNY'
),

final as (
    select
        period_month,
        currency,
        rate_to_cny,
        rate_date
    from candidates
    where age = 1
    union all
    select
        period_month,
        'CNY' as currency,
        cast(1 as decimal(18, 8)) as rate_to_cny,
        period_month as rate_date
    from months
)

select * from final
