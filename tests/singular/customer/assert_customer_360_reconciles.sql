-- the bug it looks for: a mart that repeats or drops customers on its way into the wide row, so that its sums no longer agree with
-- the marts it draws on
with

customers as (
    select * from {{ ref('rpt_customer_360') }}
),

newest_month as (
    select period_month from {{ ref('int_months') }}
    where period_end_date = {{ as_of_date() }}
),

compared as (
    select
        'customers' as figure,
        (select count(*) from {{ ref('dim_customers') }}) as expected,
        (select count(*) from customers) as found
    {#- the figures of the row, and the mart and the expression that each must agree with -#}
    {%- for figure, mart, expression, row_expression in [
        ('deposit_balance', 'fct_customer_months', 'sum(deposit_balance)', 'sum(deposit_balance)'),
        ('loan_average_balance_r12', 'fct_customer_months', 'sum(loan_average_balance_r12)', 'sum(loan_average_balance_r12)'),
        ('credit_status', 'fct_customer_segments', "count(*) filter (where credit_status = 'credit')", "count(*) filter (where credit_status = 'credit')"),
        ('management_level', 'fct_customer_tiers', "count(*) filter (where scheme_code = 'management_level' and tier_code = 'head_office')", "count(*) filter (where management_level_tier_code = 'head_office')"),
        ('enterprise_size', 'fct_customer_tiers', "count(tier_code) filter (where scheme_code = 'enterprise_size')", 'count(enterprise_size_tier_code)'),
        ('tiers', 'fct_customer_tiers', 'count(unrated_reason)', 'sum(unrated_scheme_count)'),
        ('profit_contribution_r12', 'fct_customer_profits', 'sum(profit_contribution_r12_amount)', 'sum(profit_contribution_r12_amount)'),
        ('value_group', 'fct_customer_values', 'count(value_group_code)', 'count(value_group_code)'),
        ('missing_visits', 'fct_visit_compliance', 'sum(missing_count)', 'sum(missing_visit_count)'),
        ('made_visits', 'fct_visit_compliance', 'sum(made_count)', 'sum(made_visit_count)'),
        ('conversion_factor', 'fct_effective_customers', 'sum(conversion_factor)', 'sum(conversion_factor)'),
        ('payroll_status', 'fct_payroll_companies', "count(*) filter (where payroll_status = 'effective')", "count(*) filter (where payroll_status = 'effective')"),
        ('collection_rate', 'fct_collection_ratios', 'sum(collection_rate)', 'sum(collection_rate)'),
        ('is_cross_region', 'fct_performance_splits', 'count(distinct customer_id) filter (where is_cross_region)', 'count(*) filter (where is_cross_region)'),
    ] %}
    union all
    select
        '{{ figure }}' as figure,
        (
            select coalesce({{ expression }}, 0) from {{ ref(mart) }} as mart
            inner join newest_month
                on mart.period_month = newest_month.period_month
        ) as expected,
        (select coalesce({{ row_expression }}, 0) from customers) as found
    {%- endfor %}
    union all
    select
        'linked_persons' as figure,
        (select count(*) from {{ ref('fct_linked_persons') }}) as expected,
        (select sum(linked_person_count) from customers) as found
    union all
    select
        'marketing_targets' as figure,
        (select count(*) from {{ ref('fct_marketing_targets') }}) as expected,
        (select sum(targeting_department_count) from customers) as found
    union all
    select
        'group_members' as figure,
        (
            select count(*) from {{ ref('dim_customers') }} as members
            inner join {{ ref('fct_group_grades') }} as grades
                on members.group_id = grades.group_id
            inner join newest_month
                on grades.period_month = newest_month.period_month
        ) as expected,
        (select count(group_grade_code) from customers) as found
)

select
    figure,
    expected,
    found
from compared
where coalesce(expected, 0) <> coalesce(found, 0)
