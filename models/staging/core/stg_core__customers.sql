{{ config(materialized='table') }}
-- a table: its versions are joined with many months
with

records as (
    select * from {{ ref('base_core__customers') }}
),

final as (
    select
        customer_id,
        {{ shown_name(ref('base_core__customers')) }} as customer_name,
        party_type,
        unified_social_credit_code,
        id_number_hash,
        phone_hash,
        industry_code,
        institution_type,
        admin_level,
        established_date,
        registered_capital,
        employees,
        group_id,
        group_role,
        region_code,
        city_code,
        branch_id,
        relationship_manager_id,
        opened_date,
        status,
        batch_date,
        accepted_date,
        {{ in_force_columns('customer_id') }}
    from records
    where record_status = 'accepted'
)

select * from final
