-- What was refused in each batch, and why? Read it before the numbers of a new batch are used.
select
    batch_date,
    extract,
    reason_codes,
    count(*) as row_count,
    min(record_key) as first_key
from {{ ref('quarantined_records') }}
group by batch_date, extract, reason_codes
order by batch_date desc, extract asc, reason_codes asc
