-- Before a month is confirmed: whose points are disputed, by which referral, and since when have they been shown?
select
    ledger.posted_month,
    publications.published_from,
    publications.published_to,
    ledger.department_id,
    ledger.referral_id,
    ledger.product_code,
    ledger.role,
    sum(ledger.points) as disputed_points
from {{ ref('fct_point_ledger') }} as ledger
inner join {{ ref('fct_referrals') }} as referrals
    on ledger.referral_id = referrals.referral_id
inner join {{ ref('fct_point_publications') }} as publications
    on
        ledger.posted_month = publications.posted_month
        and ledger.department_id = publications.department_id
where referrals.publicity_status = 'disputed'
group by
    ledger.posted_month, publications.published_from, publications.published_to, ledger.department_id,
    ledger.referral_id, ledger.product_code, ledger.role
order by ledger.posted_month, ledger.referral_id, ledger.role, ledger.department_id
