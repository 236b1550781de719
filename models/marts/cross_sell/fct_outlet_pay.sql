with

entries as (
    select * from {{ ref('int_outlet_entries') }}
),

fees as (
    select * from {{ ref('int_outlet_fees') }}
),

together as (
    select
        outlet_branch_id,
        product_code,
        posted_month,
        quantity,
        pay_amount,
        new_deposit_amount,
        cast(0 as decimal(18, 2)) as fee_income_amount
    from entries
    union all
    select
        outlet_branch_id,
        product_code,
        posted_month,
        cast(0 as decimal(18, 2)) as quantity,
        cast(0 as decimal(18, 2)) as pay_amount,
        cast(0 as decimal(18, 2)) as new_deposit_amount,
        fee_amount as fee_income_amount
    from fees
),

final as (
    select
        outlet_branch_id,
        product_code,
        posted_month,
        cast(sum(quantity) as decimal(18, 2)) as quantity,
        cast(sum(pay_amount) as decimal(18, 2)) as pay_amount,
        cast(sum(new_deposit_amount) as decimal(18, 2)) as new_deposit_amount,
        cast(sum(fee_income_amount) as decimal(18, 2)) as fee_income_amount
    from together
    group by outlet_branch_id, product_code, posted_month
)

select * from final
