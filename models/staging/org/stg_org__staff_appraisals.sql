with

records as (
    select * from {{ ref('base_org__staff_appraisals') }}
),

final as (
    select
        employee_id,
        appraisal_date,
        leader_score,
        performance_score,
        batch_date,
        accepted_date
    from records
    where record_status = 'accepted'
)

select * from final
