with

records as (
    select * from {{ ref('base_org__departments') }}
),

final as (
    select
        department_id,
        department_name,
        business_line,
        branch_id,
        batch_date,
        accepted_date,
        {{ in_force_columns('department_id') }}
    from records
    where record_status = 'accepted'
)

select * from final
