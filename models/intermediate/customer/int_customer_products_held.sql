{{ config(materialized='monthly') }}
-- products in use at the period's end, each counted once however often it is held
with

held as (
    {{ products_held(ref('int_months')) }}
),

products as (
    select * from {{ ref('ref_products') }}
),

account_kinds as (
    {{ rules_in_force(ref('rule_account_kind_values')) }}
),

by_product as (
    select
        held.customer_id,
        held.period_month,
        held.product_code,
        sum(held.active_account) as active_account_count,
        sum(case when held.account_kind = 'basic' then 1 else 0 end) as basic_account_count,
        sum(account_kinds.account_value) as account_value,
        sum(held.contract) as contract_count
    from held
    left join account_kinds
        on
            held.period_month = account_kinds.period_month
            and held.account_kind = account_kinds.account_kind
    group by held.customer_id, held.period_month, held.product_code
),

final as (
    select
        by_product.customer_id,
        by_product.period_month,
        count(*) as product_count,
        cast(sum(by_product.active_account_count) as integer) as active_account_count,
        cast(sum(by_product.basic_account_count) as integer) as basic_account_count,
        cast(sum(by_product.contract_count) as integer) as contract_count,
        cast(sum(case when products.is_free_service and by_product.contract_count > 0 then 1 else 0 end) as integer) as free_product_count,
        max(case when by_product.product_code = 'payroll' and by_product.contract_count > 0 then 1 else 0 end) as payroll_contract,
        cast(coalesce(sum(by_product.account_value), 0) as decimal(18, 2)) as account_value
    from by_product
    left join products
        on by_product.product_code = products.product_code
    group by by_product.customer_id, by_product.period_month
)

select * from final
