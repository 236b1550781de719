{{ config(materialized='view') }}
-- what either side of a relation holds on the as-of date; an empty account alone is no business
with

relationships as (
    select * from {{ ref('stg_crm__customer_relationships') }}
),

linked as (
    select organization_customer_id as customer_id from relationships
    union
    select person_customer_id as customer_id from relationships
),

-- without the as-of date in it: a night keeps its views
newest_month as (
    select
        max(period_month) as period_month,
        max(period_end_date) as period_end_date
    from {{ ref('int_months') }}
),

held as (
    {{ products_held('newest_month') }}
),

balances as (
    select
        facts.customer_id,
        facts.deposit_balance,
        facts.loan_balance
    from {{ ref('fct_customer_months') }} as facts
    inner join newest_month
        on facts.period_month = newest_month.period_month
),

products as (
    select
        held.customer_id,
        {{ sorted_codes('held.product_code') }} as product_codes,
        count(distinct held.product_code) as product_count,
        max(1 - held.active_account) as product_beside_accounts
    from held
    inner join linked
        on held.customer_id = linked.customer_id
    group by held.customer_id
),

final as (
    select
        linked.customer_id,
        products.product_codes,
        coalesce(products.product_count, 0) as product_count,
        coalesce(balances.deposit_balance, 0) as deposit_balance,
        coalesce(balances.loan_balance, 0) as loan_balance,
        coalesce(products.product_beside_accounts, 0) = 1 or coalesce(balances.deposit_balance, 0) <> 0 as has_business
    from linked
    left join products
        on linked.customer_id = products.customer_id
    left join balances
        on linked.customer_id = balances.customer_id
)

select * from final
