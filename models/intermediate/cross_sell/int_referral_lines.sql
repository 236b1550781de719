-- the points each department has from a referral while it earns, at each of its changes: the lead's share first, the
-- participants' by their shares and to the cent of a point
with

states as (
    select * from {{ ref('int_referral_states') }}
    where void_reason is null
),

participants as (
    select * from {{ ref('int_referral_participants_known') }}
),

lead_shares as (
    select * from {{ ref('int_parameter_spans') }}
    where parameter_code = 'lead_share' and region_code = '*'
),

dated_lead_shares as (
    select
        states.*,
        lead_shares.value as lead_share
    from states
    inner join lead_shares
        on
            {{ in_force('lead_shares', 'states.sold_date') }}
),

counted as (
    select
        *,
        {{ round_divide(
            to_units("case basis when 'quantity' then quantity else coalesce(amount, 0) end", 2) ~ ' * ' ~ to_units('points_per_unit', 4),
            to_units('unit', 4)
        ) }} as point_cents
    from dated_lead_shares
),

led as (
    select
        *,
        {{ round_divide('point_cents * ' ~ to_units('lead_share', 8), '100000000') }} as lead_cents
    from counted
),

to_divide as (
    select
        led.referral_id,
        led.recorded_date,
        participants.department_id,
        led.product_code,
        led.sold_date,
        led.rule_effective_from,
        led.point_cents - led.lead_cents as participant_cents,
        {{ to_units('coalesce(participants.share, 1)', 17) }} as share_units
    from led
    inner join participants
        on
            led.referral_id = participants.referral_id
            and led.recorded_date = participants.recorded_date
),

divided as (
    {{ allocated('to_divide', ['referral_id', 'recorded_date'], 'participant_cents', 'share_units', 'department_id') }}
),

final as (
    select
        referral_id,
        recorded_date,
        lead_department_id as department_id,
        'lead' as role,
        product_code,
        sold_date,
        rule_effective_from,
        {{ to_amount('lead_cents') }} as points,
        quantity
    from led
    union all
    select
        referral_id,
        recorded_date,
        department_id,
        'participant' as role,
        product_code,
        sold_date,
        rule_effective_from,
        {{ to_amount('allocated_cents') }} as points,
        cast(0 as decimal(18, 2)) as quantity
    from divided
)

select * from final
