with

records as (
    select * from {{ ref('base_crm__visits') }}
),

final as (
    select
        visit_id,
        customer_id,
        visitor_role,
        visitor_id,
        visit_date,
        batch_date,
        accepted_date
    from records
    where record_status = 'accepted'
)

select * from final
