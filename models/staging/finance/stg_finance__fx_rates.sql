with

records as (
    select * from {{ ref('base_finance__fx_rates') }}
),

final as (
    select
        rate_date,
        currency,
        rate_to_cny,
        batch_date,
        accepted_date
    from records
    where record_status = 'accepted'
)

select * from final
