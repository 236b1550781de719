-- the bug it looks for: a customer month that no rule reaches or that two rules share, or a segment of a month that is not there
select
    coalesce(customer_months.customer_id, segments.customer_id) as customer_id,
    coalesce(customer_months.period_month, segments.period_month) as period_month,
    count(segments.segment_code) as segment_count
from {{ ref('fct_customer_months') }} as customer_months
full outer join {{ ref('fct_customer_segments') }} as segments
    on
        customer_months.customer_id = segments.customer_id
        and customer_months.period_month = segments.period_month
where {{ is_made_anew('coalesce(customer_months.period_month, segments.period_month)', ref('fct_customer_months')) }}
group by coalesce(customer_months.customer_id, segments.customer_id), coalesce(customer_months.period_month, segments.period_month)
having count(customer_months.customer_id) <> 1 or count(segments.segment_code) <> 1
