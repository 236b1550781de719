with

records as (
    select * from {{ ref('base_finance__ftp_curves') }}
),

final as (
    select
        curve_date,
        currency,
        tenor_months,
        rate,
        batch_date,
        accepted_date
    from records
    where record_status = 'accepted'
)

select * from final
