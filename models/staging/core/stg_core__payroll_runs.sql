with

records as (
    select * from {{ ref('base_core__payroll_runs') }}
),

final as (
    select
        payroll_run_id,
        employer_customer_id,
        paid_date,
        employees_paid,
        amount,
        batch_date,
        accepted_date
    from records
    where record_status = 'accepted'
)

select * from final
