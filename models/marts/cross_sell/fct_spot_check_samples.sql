-- the referrals of a month that compliance checks: a share of those first awarded in it, rounded up, chosen by hash
with

awards as (
    select
        referral_id,
        posted_month
    from {{ ref('fct_point_ledger') }}
    where entry_type = 'award' and reason_code = 'confirmed' and role = 'lead'
),

referrals as (
    select * from {{ ref('int_referrals_newest') }}
),

windows as (
    select * from {{ ref('int_publicity_windows') }}
),

spot_check_rates as (
    select * from {{ ref('int_parameter_spans') }}
    where parameter_code = 'spot_check_rate' and region_code = '*'
),

ranked as (
    select
        awards.referral_id,
        awards.posted_month,
        row_number() over (
            partition by awards.posted_month
            order by md5(awards.referral_id || '|' || cast(awards.posted_month as varchar)), awards.referral_id
        ) as sample_rank,
        count(*) over (partition by awards.posted_month) as referral_count
    from awards
),

drawn as (
    select ranked.*
    from ranked
    inner join spot_check_rates
        on
            {{ in_force('spot_check_rates', 'ranked.posted_month') }}
    where (ranked.sample_rank - 1) < ranked.referral_count * spot_check_rates.value
),

final as (
    select
        drawn.referral_id,
        referrals.product_code,
        referrals.lead_department_id,
        referrals.spot_check_outcome,
        drawn.posted_month,
        cast(drawn.sample_rank as integer) as sample_rank,
        cast(drawn.referral_count as integer) as referral_count,
        windows.is_closed as is_final
    from drawn
    inner join referrals
        on drawn.referral_id = referrals.referral_id
    inner join windows
        on drawn.posted_month = windows.posted_month
)

select * from final
