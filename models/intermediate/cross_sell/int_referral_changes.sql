-- the batches at which anything about a referral became known; between them its state cannot change
with

referrals as (
    select * from {{ ref('int_referral_versions') }}
),

participants as (
    select * from {{ ref('stg_crm__referral_participants') }}
),

reviews as (
    select * from {{ ref('int_review_versions') }}
),

departments as (
    select
        department_id,
        batch_date,
        row_number() over (partition by department_id order by batch_date) as version_number
    from {{ ref('stg_org__departments') }}
),

department_changes as (
    select * from departments
    where version_number > 1
),

changes as (
    select
        referral_id,
        known_date as recorded_date
    from referrals
    union all
    select
        referral_id,
        accepted_date as recorded_date
    from participants
    union all
    select
        referral_id,
        known_from as recorded_date
    from reviews
    union all
    select
        referral_id,
        known_to as recorded_date
    from reviews
    where known_to < cast('9999-12-31' as date)
    union all
    select
        referrals.referral_id,
        department_changes.batch_date as recorded_date
    from referrals
    inner join department_changes
        on referrals.lead_department_id = department_changes.department_id
    union all
    select
        participants.referral_id,
        department_changes.batch_date as recorded_date
    from participants
    inner join department_changes
        on participants.department_id = department_changes.department_id
),

first_known as (
    select
        referral_id,
        min(known_date) as first_date
    from referrals
    group by referral_id
),

final as (
    select
        changes.referral_id,
        changes.recorded_date
    from changes
    inner join first_known
        on
            changes.referral_id = first_known.referral_id
            and changes.recorded_date >= first_known.first_date
    group by changes.referral_id, changes.recorded_date
)

select * from final
