with

records as (
    select * from {{ ref('base_credit__credit_lines') }}
),

final as (
    select
        credit_line_id,
        customer_id,
        approved_amount,
        valid_from,
        valid_to,
        batch_date,
        accepted_date
    from records
    where record_status = 'accepted'
)

select * from final
