-- Does every row and every yuan of each batch stand somewhere: accepted, superseded or quarantined?
select
    batch_date,
    extract,
    rows_read,
    rows_accepted,
    rows_superseded,
    rows_quarantined,
    money_read,
    money_quarantined,
    money_read - money_accepted - money_superseded - money_quarantined as money_lost,
    is_balanced
from {{ ref('extract_reconciliation') }}
order by is_balanced asc, batch_date desc, extract asc
