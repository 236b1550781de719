{{ config(materialized='monthly') }}
-- who held so many products some months ago and holds none now has left
with

products_held as (
    select * from {{ ref('int_customer_products_held') }}
),

first_months as (
    select * from {{ ref('int_customer_first_months') }}
),

-- a contract may be older than the customer's first month
customers_products as (
    select products_held.*
    from products_held
    inner join first_months
        on
            products_held.customer_id = first_months.customer_id
            and products_held.period_month >= first_months.first_month
),

months as (
    select * from {{ ref('int_months') }}
),

windows as (
    select * from {{ ref('int_parameters_in_force') }}
    where parameter_code = 'attrition_window_months' and region_code = '*'
),

claims as (
    {{ rules_in_force(ref('rule_claimed_attrition')) }}
),

claim_bands as (
    select
        *,
        lead(product_count_from) over (partition by period_month order by product_count_from) as product_count_to
    from claims
),

base_months as (
    select
        months.period_month,
        bases.period_month as base_month
    from months
    inner join windows
        on months.period_month = windows.period_month
    inner join months as bases
        on windows.value = {{ months_between('bases.period_month', 'months.period_month') }}
    where {{ is_needed('months.period_month') }}
),

present as (
    select
        period_month,
        product_count,
        count(*) as customer_count,
        0 as base_count,
        0 as left_count
    from customers_products
    where {{ is_needed('period_month') }}
    group by period_month, product_count
),

past as (
    select
        base_months.period_month,
        bases.product_count,
        0 as customer_count,
        count(*) as base_count,
        sum(case when products_held.customer_id is null then 1 else 0 end) as left_count
    from base_months
    inner join customers_products as bases
        on base_months.base_month = bases.period_month
    left join products_held
        on
            bases.customer_id = products_held.customer_id
            and base_months.period_month = products_held.period_month
    group by base_months.period_month, bases.product_count
),

present_and_past as (
    select * from present
    union all
    select * from past
),

counted as (
    select
        period_month,
        product_count,
        sum(customer_count) as customer_count,
        sum(base_count) as base_count,
        sum(left_count) as left_count
    from present_and_past
    group by period_month, product_count
),

final as (
    select
        counted.period_month,
        base_months.base_month,
        cast(counted.product_count as integer) as product_count,
        cast(counted.customer_count as integer) as customer_count,
        cast(counted.base_count as integer) as base_count,
        cast(counted.left_count as integer) as left_count,
        {{ rate_of('counted.left_count', 'counted.base_count') }} as attrition_rate,
        claim_bands.claimed_rate,
        claim_bands.effective_from as rule_effective_from,
        claim_bands.approval_reference
    from counted
    left join base_months
        on counted.period_month = base_months.period_month
    left join claim_bands
        on
            counted.period_month = claim_bands.period_month
            and {{ in_band('counted.product_count', 'claim_bands.product_count_from', 'claim_bands.product_count_to') }}
)

select * from final
