-- the second ledger: what each change of a referral adds to what its outlet sold, and is paid for it
with

states as (
    select
        *,
        lag(recorded_date) over (partition by referral_id order by recorded_date) as previous_date
    from {{ ref('int_referral_states') }}
),

products as (
    select * from {{ ref('ref_products') }}
),

posting_lags as (
    select * from {{ ref('int_parameter_spans') }}
    where parameter_code = 'posting_lag_days' and region_code = '*'
),

earning as (
    select
        states.referral_id,
        states.recorded_date,
        states.outlet_branch_id,
        states.product_code,
        states.sold_date,
        {{ to_cents('states.quantity') }} as quantity_cents,
        -- the price is for the units that earn points
        coalesce(
            {{ round_divide(
                to_units("case states.basis when 'quantity' then states.quantity else coalesce(states.amount, 0) end", 2)
                ~ ' * ' ~ to_units('coalesce(states.pay_amount, 0)', 4),
                to_units('states.unit', 4)
            ) }},
            0
        ) as pay_cents,
        case when products.product_category = 'deposit' then {{ to_cents('coalesce(states.amount, 0)') }} else 0 end as deposit_cents
    from states
    inner join products
        on states.product_code = products.product_code
    where states.void_reason is null and states.outlet_branch_id is not null
),

signed as (
    select
        referral_id,
        recorded_date,
        outlet_branch_id,
        product_code,
        sold_date,
        quantity_cents,
        pay_cents,
        deposit_cents
    from earning
    union all
    select
        states.referral_id,
        states.recorded_date,
        earning.outlet_branch_id,
        earning.product_code,
        earning.sold_date,
        -earning.quantity_cents as quantity_cents,
        -earning.pay_cents as pay_cents,
        -earning.deposit_cents as deposit_cents
    from states
    inner join earning
        on
            states.referral_id = earning.referral_id
            and states.previous_date = earning.recorded_date
),

summed as (
    select
        referral_id,
        recorded_date,
        outlet_branch_id,
        product_code,
        sold_date,
        sum(quantity_cents) as quantity_cents,
        sum(pay_cents) as pay_cents,
        sum(deposit_cents) as deposit_cents
    from signed
    group by referral_id, recorded_date, outlet_branch_id, product_code, sold_date
),

dated as (
    select
        summed.*,
        cast(posting_lags.value as integer) as posting_lag_days
    from summed
    inner join posting_lags
        on
            {{ in_force('posting_lags', 'summed.recorded_date') }}
    where summed.quantity_cents <> 0 or summed.pay_cents <> 0 or summed.deposit_cents <> 0
),

final as (
    select
        referral_id,
        recorded_date,
        outlet_branch_id,
        product_code,
        sold_date,
        {{ posted_month('sold_date', 'recorded_date', 'posting_lag_days') }} as posted_month,
        {{ to_amount('quantity_cents') }} as quantity,
        {{ to_amount('pay_cents') }} as pay_amount,
        {{ to_amount('deposit_cents') }} as new_deposit_amount
    from dated
)

select * from final
