{{ config(materialized='view') }}
-- what staging says of each row, and then the rules of referrals: the newest row of one that breaks them stands in quarantine, and a
-- sale after its batch leaves it once a later batch has mended it
with

records as (
    select * from {{ ref('base_crm__referrals') }}
),

newest as (
    select * from {{ ref('int_referrals_newest') }}
),

joined as (
    select
        records.referral_id,
        records.batch_date,
        records.file_name,
        records.row_number,
        records.amount,
        records.record_status,
        records.reason_codes,
        newest.broken_rules,
        coalesce(
            records.batch_date = newest.batch_date
            and records.file_name = newest.file_name
            and records.row_number = newest.row_number
            and newest.broken_rules is not null
            and newest.status <> 'withdrawn',
            false
        ) as breaks_rules,
        coalesce(records.reason_codes = 'out_of_range:sold_date' and newest.batch_date > records.batch_date, false) as is_mended
    from records
    left join newest
        on records.referral_id = newest.referral_id
),

final as (
    select
        referral_id,
        batch_date,
        file_name,
        row_number,
        amount,
        case
            when breaks_rules then 'quarantined'
            when is_mended then 'superseded'
            else record_status
        end as record_status,
        case
            when breaks_rules then broken_rules
            when not is_mended then reason_codes
        end as reason_codes
    from joined
)

select * from final
