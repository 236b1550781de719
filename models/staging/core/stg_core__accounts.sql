{{ config(materialized='table') }}
-- a table: its versions are joined with many months
with

records as (
    select * from {{ ref('base_core__accounts') }}
),

final as (
    select
        account_id,
        customer_id,
        product_code,
        branch_id,
        currency,
        account_kind,
        opened_date,
        closed_date,
        interest_rate,
        term_months,
        maturity_date,
        batch_date,
        accepted_date,
        {{ in_force_columns('account_id') }}
    from records
    where record_status = 'accepted'
)

select * from final
