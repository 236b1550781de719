-- the bug it looks for: a join in staging that drops or repeats rows, or a parser that reads an amount otherwise than
-- landing did when it took the control total
select * from {{ ref('extract_reconciliation') }}
where not is_balanced
