with

referrals as (
    select * from {{ ref('int_referrals_newest') }}
),

lines as (
    select * from {{ ref('int_referral_lines') }}
),

participants as (
    select * from {{ ref('int_referral_participants_known') }}
),

ledger as (
    select * from {{ ref('fct_point_ledger') }}
),

windows as (
    select * from {{ ref('int_publicity_windows') }}
),

earned as (
    select
        referral_id,
        recorded_date,
        sum(points) as points
    from lines
    group by referral_id, recorded_date
),

taking_part as (
    select
        referral_id,
        recorded_date,
        {{ sorted_codes('department_id') }} as participant_department_ids
    from participants
    group by referral_id, recorded_date
),

posted as (
    select
        referral_id,
        min(posted_month) as first_posted_month,
        max(posted_month) as last_posted_month
    from ledger
    group by referral_id
),

final as (
    select
        referrals.referral_id,
        referrals.product_code,
        referrals.lead_department_id,
        taking_part.participant_department_ids,
        referrals.source_customer_id,
        referrals.buyer_customer_id,
        referrals.outlet_branch_id,
        referrals.project_id,
        referrals.basis,
        case
            when referrals.void_reason is null then 'earning'
            when referrals.void_reason = 'withdrawn' then 'withdrawn'
            when referrals.broken_rules is not null then 'quarantined'
            else 'rejected'
        end as status,
        referrals.void_reason as reason_code,
        case
            when posted.referral_id is null then null
            when referrals.objection_outcome = 'open' then 'disputed'
            else windows.window_status
        end as publicity_status,
        referrals.objection_outcome,
        referrals.compliance_outcome,
        referrals.spot_check_outcome,
        referrals.sold_date,
        referrals.recorded_date,
        posted.first_posted_month,
        posted.last_posted_month,
        referrals.quantity,
        cast(referrals.amount as decimal(18, 2)) as amount,
        cast(coalesce(earned.points, 0) as decimal(18, 2)) as points
    from referrals
    left join earned
        on
            referrals.referral_id = earned.referral_id
            and referrals.recorded_date = earned.recorded_date
    left join taking_part
        on
            referrals.referral_id = taking_part.referral_id
            and referrals.recorded_date = taking_part.recorded_date
    left join posted
        on referrals.referral_id = posted.referral_id
    left join windows
        on posted.last_posted_month = windows.posted_month
)

select * from final
