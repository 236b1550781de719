-- what was said of each review, and between which batches; a review that moves to another referral leaves the first one
with

reviews as (
    select
        *,
        min(accepted_date) over (
            partition by review_id order by batch_date
            rows between 1 following and unbounded following
        ) as replaced_date
    from {{ ref('stg_crm__referral_reviews') }}
),

final as (
    select
        review_id,
        batch_date,
        referral_id,
        review_type,
        review_date,
        outcome,
        accepted_date as known_from,
        coalesce(replaced_date, cast('9999-12-31' as date)) as known_to
    from reviews
)

select * from final
