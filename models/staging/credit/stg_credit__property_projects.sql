with

records as (
    select * from {{ ref('base_credit__property_projects') }}
),

final as (
    select
        project_id,
        as_of_date,
        developer_customer_id,
        development_loan_total,
        development_loan_ours,
        mortgages_total,
        mortgages_ours,
        batch_date,
        accepted_date
    from records
    where record_status = 'accepted'
)

select * from final
