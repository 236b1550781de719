{{ config(materialized='view') }}
-- what came in from outside the circle of an organization and its linked persons, in the twelve months up to the period's end;
-- the circle is the one of the day, and a person with two relations counts once
with

inflows as (
    select * from {{ ref('stg_core__counterparty_flows') }}
    where direction = 'in'
),

months as (
    select * from {{ ref('int_months') }}
    where {{ is_needed('period_month') }}
),

relation_rules as (
    select * from {{ ref('rule_linked_relations') }}
),

-- a set of rules holds until the next one
rule_sets as (
    select
        effective_from,
        coalesce(lead(effective_from) over (order by effective_from), cast('9999-12-31' as date)) as effective_to
    from relation_rules
    group by effective_from
),

relationships as (
    select * from {{ ref('stg_crm__customer_relationships') }}
),

circles as (
    select
        relationships.organization_customer_id,
        relationships.person_customer_id,
        greatest(coalesce(relationships.valid_from, cast('0001-01-01' as date)), rule_sets.effective_from) as valid_from,
        least(coalesce(relationships.valid_to, cast('9999-12-31' as date)), rule_sets.effective_to) as valid_to
    from relationships
    inner join relation_rules
        on relationships.relation_type = relation_rules.relation_type
    inner join rule_sets
        on relation_rules.effective_from = rule_sets.effective_from
    where
        relation_rules.counts_for_collection
        and relationships.organization_customer_id <> relationships.person_customer_id
),

received as (
    select
        flow_id,
        customer_id,
        flow_date,
        counterparty_customer_id,
        amount as own_amount,
        0 as linked_amount
    from inflows
    union all
    select
        inflows.flow_id,
        circles.organization_customer_id as customer_id,
        inflows.flow_date,
        inflows.counterparty_customer_id,
        0 as own_amount,
        max(inflows.amount) as linked_amount
    from inflows
    inner join circles
        on
            inflows.customer_id = circles.person_customer_id
            and inflows.flow_date >= circles.valid_from
            and inflows.flow_date < circles.valid_to
    group by inflows.flow_id, circles.organization_customer_id, inflows.flow_date, inflows.counterparty_customer_id
),

from_outside as (
    select received.*
    from received
    left join circles
        on
            received.customer_id = circles.organization_customer_id
            and received.counterparty_customer_id = circles.person_customer_id
            and received.flow_date >= circles.valid_from
            and received.flow_date < circles.valid_to
    where
        circles.person_customer_id is null
        and (received.counterparty_customer_id is null or received.counterparty_customer_id <> received.customer_id)
),

final as (
    select
        from_outside.customer_id,
        months.period_month,
        cast(sum(from_outside.own_amount) as decimal(18, 2)) as own_inflow_amount,
        cast(sum(from_outside.linked_amount) as decimal(18, 2)) as linked_inflow_amount
    from from_outside
    inner join months
        on
            from_outside.flow_date >= months.r12_start_date
            and from_outside.flow_date <= months.period_end_date
    group by from_outside.customer_id, months.period_month
)

select * from final
