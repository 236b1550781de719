-- An auditor asks: which ledger entries stand behind each department's points of a year, and which of them did not count?
select
    entries.assessment_year,
    entries.department_id,
    entries.counting_status,
    ledger.posted_month,
    ledger.referral_id,
    ledger.product_code,
    ledger.role,
    ledger.entry_type,
    ledger.reason_code,
    ledger.points
from {{ ref('fct_counted_entries') }} as entries
inner join {{ ref('fct_point_ledger') }} as ledger
    on entries.entry_id = ledger.entry_id
order by entries.assessment_year, entries.department_id, ledger.posted_month, ledger.referral_id, ledger.entry_id
