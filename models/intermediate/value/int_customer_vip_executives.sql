{{ config(materialized='view') }}
-- persons who lead a company or institution and whose own average deposits make them VIP customers
with

relationships as (
    select * from {{ ref('stg_crm__customer_relationships') }}
),

months as (
    select * from {{ ref('int_months') }}
    where {{ is_needed('period_month') }}
),

linked_relations as (
    {{ rules_in_force(ref('rule_linked_relations')) }}
),

persons as (
    select * from {{ ref('fct_customer_months') }}
    where {{ is_needed('period_month') }}
),

parameters as (
    select * from {{ ref('int_parameters_in_force') }}
    where parameter_code = 'vip_deposit_amount'
),

final as (
    select
        relationships.organization_customer_id as customer_id,
        months.period_month,
        count(distinct relationships.person_customer_id) as vip_executive_count
    from relationships
    inner join months
        on {{ is_valid_on('relationships', 'months.period_end_date') }}
    inner join linked_relations
        on
            months.period_month = linked_relations.period_month
            and relationships.relation_type = linked_relations.relation_type
    inner join persons
        on
            relationships.person_customer_id = persons.customer_id
            and months.period_month = persons.period_month
    inner join parameters
        on
            months.period_month = parameters.period_month
            and coalesce(persons.region_code, '*') = parameters.region_code
    where linked_relations.is_executive and persons.deposit_average_balance_r12 >= parameters.value
    group by relationships.organization_customer_id, months.period_month
)

select * from final
