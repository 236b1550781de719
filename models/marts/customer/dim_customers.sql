with

customers as (
    select * from {{ ref('stg_core__customers') }}
    where {{ is_newest() }}
),

branches as (
    select * from {{ ref('stg_org__branches') }}
    where {{ is_newest() }}
),

listings as (
    select tags.customer_id
    from {{ ref('stg_crm__customer_tags') }} as tags
    where
        tags.tag_code = 'listed_company'
        and {{ is_valid_on('tags', as_of_date()) }}
    group by tags.customer_id
),

final as (
    select
        customers.customer_id,
        customers.group_id,
        customers.branch_id,
        customers.relationship_manager_id,
        customers.party_type,
        customers.industry_code,
        customers.institution_type,
        customers.admin_level,
        customers.group_role,
        coalesce(customers.region_code, branches.region_code) as region_code,
        customers.city_code,
        customers.status,
        customers.customer_name,
        customers.opened_date,
        customers.established_date,
        listings.customer_id is not null as is_listed
    from customers
    left join branches
        on customers.branch_id = branches.branch_id
    left join listings
        on customers.customer_id = listings.customer_id
)

select * from final
