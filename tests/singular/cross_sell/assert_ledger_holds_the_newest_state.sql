-- the bug it looks for: a difference posted twice or not at all, so that the ledger's sum is not what referrals earn today
with

newest_states as (
    select * from {{ ref('int_referrals_newest') }}
),

earned as (
    select
        lines.referral_id,
        lines.department_id,
        lines.product_code,
        lines.sold_date,
        sum(lines.points) as points,
        sum(lines.quantity) as quantity
    from {{ ref('int_referral_lines') }} as lines
    inner join newest_states
        on
            lines.referral_id = newest_states.referral_id
            and lines.recorded_date = newest_states.recorded_date
    group by lines.referral_id, lines.department_id, lines.product_code, lines.sold_date
),

posted as (
    select
        referral_id,
        department_id,
        product_code,
        sold_date,
        sum(points) as points,
        sum(quantity) as quantity
    from {{ ref('fct_point_ledger') }}
    group by referral_id, department_id, product_code, sold_date
)

select
    coalesce(earned.referral_id, posted.referral_id) as referral_id,
    coalesce(earned.department_id, posted.department_id) as department_id,
    earned.points as earned_points,
    posted.points as posted_points
from earned
full outer join posted
    on
        earned.referral_id = posted.referral_id
        and earned.department_id = posted.department_id
        and earned.product_code = posted.product_code
        and earned.sold_date = posted.sold_date
where
    coalesce(earned.points, 0) <> coalesce(posted.points, 0)
    or coalesce(earned.quantity, 0) <> coalesce(posted.quantity, 0)
