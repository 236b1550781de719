-- Which optional columns arrive unreadable, and how often? The delivering system should mend the ones on top.
select
    extract,
    column_name,
    reason_code,
    count(*) as value_count,
    min(batch_date) as first_batch_date,
    max(batch_date) as newest_batch_date,
    min(record_key) as first_key
from {{ ref('emptied_values') }}
group by extract, column_name, reason_code
order by value_count desc, extract asc, column_name asc, reason_code asc
