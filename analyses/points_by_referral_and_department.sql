-- A head of department asks: who earned what by each referral, and how far has it come?
select
    referrals.referral_id,
    referrals.product_code,
    referrals.sold_date,
    referrals.status,
    referrals.reason_code,
    referrals.publicity_status,
    ledger.department_id,
    ledger.role,
    sum(ledger.points) as points
from {{ ref('fct_referrals') }} as referrals
inner join {{ ref('fct_point_ledger') }} as ledger
    on referrals.referral_id = ledger.referral_id
group by
    referrals.referral_id, referrals.product_code, referrals.sold_date, referrals.status, referrals.reason_code,
    referrals.publicity_status, ledger.department_id, ledger.role
order by referrals.referral_id, ledger.role, ledger.department_id
