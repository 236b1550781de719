with

records as (
    select * from {{ ref('base_crm__customer_relationships') }}
),

final as (
    select
        organization_customer_id,
        person_customer_id,
        relation_type,
        valid_from,
        valid_to,
        batch_date,
        accepted_date
    from records
    where record_status = 'accepted'
)

select * from final
