with

records as (
    select * from {{ ref('base_org__employees') }}
),

final as (
    select
        employee_id,
        {{ masked_name('employee_name') }} as employee_name,
        role,
        branch_id,
        department_id,
        batch_date,
        accepted_date
    from records
    where record_status = 'accepted'
)

select * from final
