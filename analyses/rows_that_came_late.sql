-- Which batches brought rows about months that were over, and so changed what had been reported?
with

delivered as (
    {% for extract, model, day in [
        ('deposit_balances', 'stg_core__deposit_balances', 'balance_date'),
        ('fee_transactions', 'stg_core__fee_transactions', 'transaction_date'),
        ('loan_balances', 'stg_credit__loan_balances', 'balance_date'),
        ('referrals', 'stg_crm__referrals', 'sold_date'),
    ] -%}
    select
        '{{ extract }}' as extract,
        batch_date,
        {{ month_of(day) }} as period_month
    from {{ ref(model) }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

-- a first batch brings the history
batches as (
    select
        extract,
        min(batch_date) as first_batch_date
    from delivered
    group by extract
)

select
    delivered.batch_date,
    delivered.extract,
    min(delivered.period_month) as oldest_month,
    count(*) as row_count
from delivered
inner join batches
    on delivered.extract = batches.extract
where
    delivered.period_month < {{ month_of('delivered.batch_date') }}
    and delivered.batch_date > batches.first_batch_date
group by delivered.batch_date, delivered.extract
order by delivered.batch_date desc, delivered.extract asc
