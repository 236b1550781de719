-- the bug it looks for: a customer who drops out for a month because no version of an entity was in force at its end
select
    customer_id,
    min(period_month) as first_month,
    max(period_month) as last_month,
    count(*) as month_count
from {{ ref('fct_customer_months') }}
group by customer_id
having
    count(*) <> (
        select count(*)
        from {{ ref('int_months') }} as months
        where months.period_month >= min(fct_customer_months.period_month)
    )
