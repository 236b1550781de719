{{ config(materialized='table') }}
-- a table: its versions are joined with many months
with

records as (
    select * from {{ ref('base_core__product_holdings') }}
),

final as (
    select
        holding_id,
        customer_id,
        product_code,
        signed_date,
        ended_date,
        is_active,
        batch_date,
        accepted_date,
        {{ in_force_columns('holding_id') }}
    from records
    where record_status = 'accepted'
)

select * from final
