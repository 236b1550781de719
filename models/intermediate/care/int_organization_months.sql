{{ config(materialized='monthly') }}
-- companies and institutions, with what decides how they are looked after
with

facts as (
    select * from {{ ref('fct_customer_months') }}
),

customer_months as (
    select * from {{ ref('int_customer_months_spined') }}
),

segments as (
    select * from {{ ref('fct_customer_segments') }}
),

markets as (
    select market_type
    from {{ ref('rule_populations') }}
    where population_code = 'organization'
    group by market_type
),

classes as (
    select * from {{ ref('int_tiers_by_metrics') }}
    where scheme_code = 'marketing_class'
),

products_held as (
    select * from {{ ref('int_customer_products_held') }}
),

first_months as (
    select * from {{ ref('int_customer_first_months') }}
),

months as (
    select * from {{ ref('int_months') }}
),

final as (
    select
        facts.customer_id,
        facts.branch_id,
        customer_months.relationship_manager_id,
        facts.region_code,
        classes.tier_code as class_code,
        facts.period_month,
        facts.loan_average_balance + facts.deposit_average_balance as average_balance,
        facts.loan_average_balance_ytd + facts.deposit_average_balance_ytd as average_balance_ytd,
        facts.loan_average_balance_r12,
        facts.active_account_count,
        coalesce(products_held.free_product_count, 0) as free_product_count,
        customer_months.status = 'active' as is_active,
        facts.is_credit_customer,
        first_months.first_month >= months.r12_start_date as is_new,
        coalesce(products_held.basic_account_count, 0) > 0 as has_basic_account,
        coalesce(products_held.payroll_contract, 0) > 0 as has_payroll_contract
    from facts
    inner join months
        on facts.period_month = months.period_month
    inner join customer_months
        on
            facts.customer_id = customer_months.customer_id
            and facts.period_month = customer_months.period_month
    inner join segments
        on
            facts.customer_id = segments.customer_id
            and facts.period_month = segments.period_month
    inner join markets
        on segments.market_type = markets.market_type
    inner join first_months
        on facts.customer_id = first_months.customer_id
    left join classes
        on
            facts.customer_id = classes.customer_id
            and facts.period_month = classes.period_month
    left join products_held
        on
            facts.customer_id = products_held.customer_id
            and facts.period_month = products_held.period_month
)

select * from final
