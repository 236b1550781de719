-- Compliance asks: which referrals of the closed months must be checked, and which of them nobody has checked yet?
select
    samples.posted_month,
    samples.sample_rank,
    samples.referral_id,
    samples.product_code,
    samples.lead_department_id,
    referrals.outlet_branch_id,
    referrals.source_customer_id,
    referrals.buyer_customer_id,
    referrals.points,
    coalesce(samples.spot_check_outcome, 'to do') as outcome
from {{ ref('fct_spot_check_samples') }} as samples
inner join {{ ref('fct_referrals') }} as referrals
    on samples.referral_id = referrals.referral_id
where samples.is_final
order by samples.posted_month, samples.sample_rank
