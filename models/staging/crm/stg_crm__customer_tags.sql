with

records as (
    select * from {{ ref('base_crm__customer_tags') }}
),

final as (
    select
        customer_id,
        tag_code,
        valid_from,
        valid_to,
        source,
        batch_date,
        accepted_date
    from records
    where record_status = 'accepted'
)

select * from final
