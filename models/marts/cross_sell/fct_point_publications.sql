with

ledger as (
    select * from {{ ref('fct_point_ledger') }}
),

windows as (
    select * from {{ ref('int_publicity_windows') }}
),

referrals as (
    select * from {{ ref('int_referrals_newest') }}
),

summed as (
    select
        ledger.posted_month,
        ledger.department_id,
        sum(ledger.points) as points,
        count(*) as entry_count,
        sum(case when referrals.objection_outcome = 'open' then 1 else 0 end) as disputed_count
    from ledger
    inner join referrals
        on ledger.referral_id = referrals.referral_id
    group by ledger.posted_month, ledger.department_id
),

final as (
    select
        summed.department_id,
        case when summed.disputed_count > 0 then 'disputed' else windows.window_status end as status,
        summed.posted_month,
        windows.published_from,
        windows.published_to,
        cast(summed.points as decimal(18, 2)) as points,
        cast(summed.entry_count as integer) as entry_count,
        cast(summed.disputed_count as integer) as disputed_count,
        windows.is_closed
    from summed
    inner join windows
        on summed.posted_month = windows.posted_month
)

select * from final
