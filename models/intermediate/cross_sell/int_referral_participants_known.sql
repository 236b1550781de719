-- the participants of each referral as known at each of its changes; a share of 0 removes one
with

changes as (
    select * from {{ ref('int_referral_changes') }}
),

participants as (
    select * from {{ ref('stg_crm__referral_participants') }}
),

candidates as (
    select
        changes.referral_id,
        changes.recorded_date,
        participants.department_id,
        participants.share,
        row_number() over (
            partition by changes.referral_id, changes.recorded_date, participants.department_id
            order by participants.batch_date desc
        ) as age
    from changes
    inner join participants
        on
            changes.referral_id = participants.referral_id
            and changes.recorded_date >= participants.accepted_date
),

final as (
    select
        referral_id,
        recorded_date,
        department_id,
        share
    from candidates
    where age = 1 and coalesce(share, 1) > 0
)

select * from final
