-- what a marketing criterion can look for in an organization of the newest month, beside amounts
with

months as (
    select max(period_month) as period_month
    from {{ ref('int_months') }}
),

customers as (
    select customer_months.*
    from {{ ref('int_customer_months_spined') }} as customer_months
    inner join months
        on customer_months.period_month = months.period_month
    where customer_months.party_type in ('company', 'institution') and customer_months.status = 'active'
),

tags as (
    select * from {{ ref('int_customer_tags_in_force') }}
),

ancestors as (
    select * from {{ ref('int_industry_ancestors') }}
),

final as (
    select
        customer_id,
        period_month,
        'any' as evidence_kind,
        '*' as evidence_value
    from customers
    union all
    select
        customers.customer_id,
        customers.period_month,
        'tag' as evidence_kind,
        tags.tag_code as evidence_value
    from customers
    inner join tags
        on
            customers.customer_id = tags.customer_id
            and customers.period_month = tags.period_month
    union all
    select
        customers.customer_id,
        customers.period_month,
        'industry_code' as evidence_kind,
        ancestors.ancestor_code as evidence_value
    from customers
    inner join ancestors
        on customers.industry_code = ancestors.industry_code
    union all
    select
        customer_id,
        period_month,
        'institution_type' as evidence_kind,
        institution_type as evidence_value
    from customers
    where institution_type is not null
    union all
    select
        customer_id,
        period_month,
        'institution_level' as evidence_kind,
        institution_type || ':' || admin_level as evidence_value
    from customers
    where institution_type is not null and admin_level is not null
)

select * from final
