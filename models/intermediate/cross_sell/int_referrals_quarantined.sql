-- rows of referrals that can be read but break a rule of their own; they earn nothing until a later batch mends them
with

referrals as (
    select * from {{ ref('int_referrals_newest') }}
),

final as (
    select
        referral_id,
        batch_date,
        file_name,
        row_number,
        quarantine_reason as reason_codes,
        amount
    from referrals
    where
        quarantine_reason is not null
        -- a sale after its batch is in quarantine already
        and quarantine_reason <> 'out_of_range:sold_date'
        and status <> 'withdrawn'
)

select * from final
