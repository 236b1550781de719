-- the newest review of each type as known at each change of a referral
with

changes as (
    select * from {{ ref('int_referral_changes') }}
),

reviews as (
    select * from {{ ref('stg_crm__referral_reviews') }}
),

versions as (
    select
        changes.referral_id,
        changes.recorded_date,
        reviews.review_id,
        reviews.review_type,
        reviews.review_date,
        reviews.outcome,
        reviews.batch_date,
        row_number() over (
            partition by changes.referral_id, changes.recorded_date, reviews.review_id
            order by reviews.batch_date desc
        ) as version_age
    from changes
    inner join reviews
        on
            changes.referral_id = reviews.referral_id
            and changes.recorded_date >= reviews.accepted_date
),

newest as (
    select
        *,
        row_number() over (
            partition by referral_id, recorded_date, review_type
            order by review_date desc, batch_date desc, review_id desc
        ) as age
    from versions
    where version_age = 1
),

final as (
    select
        referral_id,
        recorded_date,
        max(case when review_type = 'objection' then outcome end) as objection_outcome,
        max(case when review_type = 'compliance' then outcome end) as compliance_outcome,
        max(case when review_type = 'spot_check' then outcome end) as spot_check_outcome
    from newest
    where age = 1
    group by referral_id, recorded_date
)

select * from final
