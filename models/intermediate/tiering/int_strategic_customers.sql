{{ config(materialized='view') }}
-- the tag holds for who carries it and for every member of the group whose parent carries it
with

tags as (
    select * from {{ ref('int_customer_tags_in_force') }}
    where tag_code = 'strategic_customer'
),

customer_months as (
    select * from {{ ref('int_customer_months_spined') }}
),

customers as (
    select * from {{ ref('stg_core__customers') }}
),

months as (
    select * from {{ ref('int_months') }}
),

-- a parent may be known, and tagged, before its own first month
strategic_groups as (
    select
        parents.group_id,
        months.period_month
    from tags
    inner join months
        on tags.period_month = months.period_month
    inner join customers as parents
        on
            tags.customer_id = parents.customer_id
            and {{ in_force('parents', 'months.period_end_date') }}
    where parents.group_role = 'parent'
    group by parents.group_id, months.period_month
),

final as (
    select
        customer_months.customer_id,
        customer_months.period_month
    from customer_months
    left join tags
        on
            customer_months.customer_id = tags.customer_id
            and customer_months.period_month = tags.period_month
    left join strategic_groups
        on
            customer_months.group_id = strategic_groups.group_id
            and customer_months.period_month = strategic_groups.period_month
    where tags.customer_id is not null or strategic_groups.group_id is not null
)

select * from final
