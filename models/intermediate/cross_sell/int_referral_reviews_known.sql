{{ config(materialized='view') }}
-- the newest review of each type as known at each change of a referral
with

changes as (
    select * from {{ ref('int_referral_changes') }}
),

reviews as (
    select * from {{ ref('int_review_versions') }}
),

newest as (
    select
        changes.referral_id,
        changes.recorded_date,
        reviews.review_type,
        reviews.outcome,
        row_number() over (
            partition by changes.referral_id, changes.recorded_date, reviews.review_type
            order by reviews.review_date desc, reviews.batch_date desc, reviews.review_id desc
        ) as age
    from changes
    inner join reviews
        on
            changes.referral_id = reviews.referral_id
            and changes.recorded_date >= reviews.known_from
            and changes.recorded_date < reviews.known_to
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
