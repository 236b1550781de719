-- fees of a product that a referral sold belong to the outlet of the newest such sale to the customer before them
with

fees as (
    select * from {{ ref('stg_core__fee_transactions') }}
    where transaction_date <= {{ as_of_date() }}
),

referrals as (
    select
        *,
        coalesce(buyer_customer_id, source_customer_id) as customer_id
    from {{ ref('int_referrals_newest') }}
    where void_reason is null and outlet_branch_id is not null
),

candidates as (
    select
        fees.transaction_id,
        referrals.referral_id,
        referrals.outlet_branch_id,
        fees.product_code,
        fees.transaction_date,
        fees.fee_amount,
        row_number() over (
            partition by fees.transaction_id
            order by referrals.sold_date desc, referrals.referral_id asc
        ) as distance
    from fees
    inner join referrals
        on
            fees.customer_id = referrals.customer_id
            and fees.product_code = referrals.product_code
            and fees.transaction_date >= referrals.sold_date
),

final as (
    select
        transaction_id,
        referral_id,
        outlet_branch_id,
        product_code,
        {{ month_of('transaction_date') }} as posted_month,
        fee_amount
    from candidates
    where distance = 1
)

select * from final
