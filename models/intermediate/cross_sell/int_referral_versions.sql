-- what CRM said of each referral, and from which batch on; a sale dated after its batch is known, and wrong
with

records as (
    select
        *,
        -- of several readings of one batch the one that can be used counts
        row_number() over (
            partition by referral_id, batch_date
            order by case record_status when 'accepted' then 1 when 'superseded' then 2 else 3 end, file_name, row_number
        ) as reading,
        max(case when reason_codes = 'out_of_range:sold_date' then 1 else 0 end) over (partition by referral_id) as was_wrong
    from {{ ref('base_crm__referrals') }}
),

final as (
    select
        referral_id,
        batch_date,
        file_name,
        row_number,
        coalesce(accepted_date, batch_date) as known_date,
        product_code,
        sold_date,
        quantity,
        amount,
        lead_department_id,
        source_customer_id,
        buyer_customer_id,
        outlet_branch_id,
        project_id,
        status,
        record_status = 'quarantined' as is_sold_after_batch
    from records
    where
        reading = 1
        and (
            record_status = 'accepted'
            or reason_codes = 'out_of_range:sold_date'
            -- the last good row again, after a wrong one, mends it
            or (record_status = 'superseded' and was_wrong = 1)
        )
)

select * from final
