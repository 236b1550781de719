-- Which executives and owners of our companies hold nothing here, and which companies of our private customers do not bank here yet?
select
    lead_reason,
    case lead_reason when 'person_holds_nothing' then person_branch_id else organization_branch_id end as branch_id,
    organization_customer_id,
    organization_name,
    organization_product_count,
    person_customer_id,
    person_name,
    closest_relation_type,
    person_product_codes
from {{ ref('fct_linked_persons') }}
where is_lead
order by lead_reason, branch_id, organization_customer_id, person_customer_id
