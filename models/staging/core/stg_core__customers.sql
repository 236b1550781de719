{{ config(materialized='table') }}
-- a table: its versions are joined with many months
with

records as (
    select * from {{ ref('base_core__customers') }}
),

words as (
    select * from {{ ref('ref_organization_words') }}
),

-- a sole trader may trade under his own name: it is a person's unless it says that it is an organization's
traders as (
    select records.customer_name as trade_name
    from records
    inner join words
        on {{ normalised_name('records.customer_name') }} like '%' || words.word || '%'
    where records.party_type = 'sole_trader'
    group by records.customer_name
),

final as (
    select
        customer_id,
        case
            when
                party_type = 'individual'
                or (party_type = 'sole_trader' and customer_name not in (select traders.trade_name from traders))
                then {{ masked_name('customer_name') }}
            else customer_name
        end as customer_name,
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
