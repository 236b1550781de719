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
            2 * {{ to_cents('lines.points') }} * {{ to_units('states.unit', 4) }}
            - 2 * {{ to_cents("case when states.basis = 'quantity' then states.quantity else coalesce(states.amount, 0) end") }}
            * {{ to_units('states.points_per_unit', 4) }}
        ) > {{ to_units('states.unit', 4) }},
        true
    )
