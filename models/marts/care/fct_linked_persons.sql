-- relations in force on the as-of date; of two linked customers the one who banks here leads to the one who does not
with

relationships as (
    select * from {{ ref('stg_crm__customer_relationships') }} as relations
    where {{ is_valid_on('relations', as_of_date()) }}
),

newest_month as (
    select period_month from {{ ref('int_months') }}
    where period_end_date = {{ as_of_date() }}
),

relation_rules as (
    {{ rules_in_force(ref('rule_linked_relations')) }}
),

customers as (
    select * from {{ ref('dim_customers') }}
),

linked_customers as (
    select * from {{ ref('int_linked_customers') }}
),

ranked as (
    select
        relationships.organization_customer_id,
        relationships.person_customer_id,
        relationships.relation_type,
        relation_rules.leads_to_person,
        relation_rules.leads_to_organization,
        row_number() over (
            partition by relationships.organization_customer_id, relationships.person_customer_id
            order by relation_rules.relation_rank, relationships.relation_type
        ) as closeness
    from relationships
    cross join newest_month
    left join relation_rules
        on
            relationships.relation_type = relation_rules.relation_type
            and newest_month.period_month = relation_rules.period_month
),

pairs as (
    select
        organization_customer_id,
        person_customer_id,
        {{ sorted_codes('relation_type') }} as relations,
        max(case when closeness = 1 then relation_type end) as closest_relation_type,
        max(case when leads_to_person then 1 else 0 end) as leads_to_person,
        max(case when leads_to_organization then 1 else 0 end) as leads_to_organization
    from ranked
    group by organization_customer_id, person_customer_id
),

judged as (
    select
        pairs.organization_customer_id,
        pairs.person_customer_id,
        organizations.branch_id as organization_branch_id,
        persons.branch_id as person_branch_id,
        pairs.relations,
        pairs.closest_relation_type,
        organizations.customer_name as organization_name,
        persons.customer_name as person_name,
        organization_business.product_codes as organization_product_codes,
        person_business.product_codes as person_product_codes,
        organization_business.product_count as organization_product_count,
        person_business.product_count as person_product_count,
        organization_business.has_business as organization_has_business,
        person_business.has_business as person_has_business,
        case
            when organizations.status <> 'active' or persons.status <> 'active' then null
            when organization_business.has_business and not person_business.has_business and pairs.leads_to_person = 1
                then 'person_holds_nothing'
            when person_business.has_business and not organization_business.has_business and pairs.leads_to_organization = 1
                then 'organization_holds_nothing'
        end as lead_reason
    from pairs
    inner join customers as organizations
        on pairs.organization_customer_id = organizations.customer_id
    inner join customers as persons
        on pairs.person_customer_id = persons.customer_id
    inner join linked_customers as organization_business
        on pairs.organization_customer_id = organization_business.customer_id
    inner join linked_customers as person_business
        on pairs.person_customer_id = person_business.customer_id
),

final as (
    select
        organization_customer_id,
        person_customer_id,
        organization_branch_id,
        person_branch_id,
        relations,
        closest_relation_type,
        lead_reason,
        organization_product_codes,
        person_product_codes,
        organization_name,
        person_name,
        cast(organization_product_count as integer) as organization_product_count,
        cast(person_product_count as integer) as person_product_count,
        organization_has_business,
        person_has_business,
        lead_reason is not null as is_lead
    from judged
)

select * from final
