{{ config(materialized='table') }}
-- a table: its versions are joined with many months
with

records as (
    select * from {{ ref('base_credit__loans') }}
),

final as (
    select
        loan_id,
        customer_id,
        product_code,
        branch_id,
        currency,
        contract_amount,
        start_date,
        maturity_date,
        interest_rate,
        rate_type,
        reprice_months,
        guarantee_type,
        internal_rating,
        project_id,
        batch_date,
        accepted_date,
        {{ in_force_columns('loan_id') }}
    from records
    where record_status = 'accepted'
)

select * from final
