-- the bug it looks for: a join into the wide row that repeats, drops or swaps customers, so that a column no longer says what its
-- mart says of the same customer; and counts that no longer agree in sum
{%- set columns_of = {
    'fct_customer_months': [
        'deposit_balance', 'deposit_average_balance_ytd', 'loan_balance', 'loan_average_balance_r12', 'credit_line_amount', 'net_fee_amount',
        'product_count', 'active_account_count', 'is_credit_customer',
    ],
    'fct_customer_segments': ['segment_code', 'sub_segment_code', 'market_type', 'credit_status'],
    'fct_customer_profits': [
        'profit_contribution_amount', 'profit_contribution_r12_amount', 'revenue_r12_amount', 'raroc_r12_rate',
    ],
    'fct_customer_values': ['value_group_code', 'customer_class_code', 'bank_value_score', 'closeness_score'],
    'fct_effective_customers': [
        'rung_code', 'failed_conditions', 'conversion_factor', 'amount_to_next_rung', 'is_effective', 'is_near_threshold', 'is_at_risk',
    ],
    'fct_payroll_companies': ['payroll_status'],
    'fct_collection_ratios': ['collection_rate'],
} %}
{%- set schemes = [
    'traditional_company_scale', 'no_credit_deposit_scale', 'enterprise_size', 'statistical_size', 'marketing_class', 'management_level',
] %}
with

customers as (
    select * from {{ ref('rpt_customer_360') }}
),

{% for mart in columns_of -%}
{{ mart }} as (
    {{ in_newest_month(ref(mart)) }}
),

{% endfor -%}
tiers as (
    {{ in_newest_month(ref('fct_customer_tiers')) }}
),

visits as (
    {{ in_newest_month(ref('fct_visit_compliance')) }}
),

counted as (
    select
        'customers' as what,
        count(*) as how_many
    from {{ ref('dim_customers') }}
    union all
    select
        'tiers' as what,
        count(tier_code) as how_many
    from tiers
    -- a scheme of the bank's own has no column in the row
    where scheme_code in ('{{ schemes | join("', '") }}')
    union all
    select
        'missing visits' as what,
        coalesce(sum(missing_count), 0) as how_many
    from visits
    union all
    select
        'linked persons' as what,
        count(*) as how_many
    from {{ ref('fct_linked_persons') }}
    union all
    select
        'leads of both sides' as what,
        coalesce(sum(case when is_lead then 2 else 0 end), 0) as how_many
    from {{ ref('fct_linked_persons') }}
    union all
    select
        'marketing targets' as what,
        count(*) as how_many
    from {{ ref('fct_marketing_targets') }}
),

found as (
    select
        count(*) as customer_count,
        coalesce(sum(missing_visit_count), 0) as missing_visit_count,
        coalesce(sum(linked_person_count), 0) as linked_person_count,
        coalesce(sum(lead_count), 0) as lead_count,
        coalesce(sum(targeting_department_count), 0) as targeting_department_count,
        count({{ schemes | join('_tier_code) + count(') }}_tier_code) as tier_count
    from customers
)

{% for mart, columns in columns_of.items() -%}
select
    '{{ mart }}' as what,
    coalesce(mart.customer_id, customers.customer_id) as customer_id
from {{ mart }} as mart
left join customers
    on mart.customer_id = customers.customer_id
where
    customers.customer_id is null
    {%- for column in columns %}
    or coalesce(mart.{{ column }} <> customers.{{ column }}, (mart.{{ column }} is null) <> (customers.{{ column }} is null))
    {%- endfor %}
union all
{% endfor -%}
select
    counted.what,
    cast(null as varchar) as customer_id
from counted
cross join found
where
    counted.how_many <> case counted.what
        when 'customers' then found.customer_count
        when 'tiers' then found.tier_count
        when 'missing visits' then found.missing_visit_count
        when 'linked persons' then found.linked_person_count
        when 'leads of both sides' then found.lead_count
        when 'marketing targets' then found.targeting_department_count
    end
