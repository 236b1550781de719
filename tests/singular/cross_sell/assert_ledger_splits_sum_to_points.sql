-- the bug it looks for: a split that loses or invents a hundredth of a point
with

lines as (
    select
        referral_id,
        recorded_date,
        sum(points) as points
    from {{ ref('int_referral_lines') }}
    group by referral_id, recorded_date
),

states as (
    select * from {{ ref('int_referral_states') }}
    where void_reason is null
)

select
    states.referral_id,
    states.recorded_date,
    lines.points,
    states.points_per_unit
from states
left join lines
    on
        states.referral_id = lines.referral_id
        and states.recorded_date = lines.recorded_date
where
    -- twice the distance to the exact quotient is at most a hundredth, compared without dividing
    coalesce(
        abs(
            2 * cast(lines.points as decimal(38, 2)) * states.unit
            - 2 * cast(case when states.basis = 'quantity' then states.quantity else coalesce(states.amount, 0) end as decimal(38, 2))
            * states.points_per_unit
        ) > states.unit * 0.01,
        true
    )
