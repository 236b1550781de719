{{ config(materialized='monthly') }}
-- the tag holds for who carries it and for every member of the group whose parent carries it
with

tags as (
    select * from {{ ref('int_customer_tags_in_force') }}
    where tag_code = 'strategic_customer'
),

customer_months as (
    select * from {{ ref('int_customer_months_spined') }}
),

strategic_groups as (
    select
        customer_months.group_id,
        customer_months.period_month
    from customer_months
    inner join tags
        on
            customer_months.customer_id = tags.customer_id
            and customer_months.period_month = tags.period_month
    where customer_months.group_role = 'parent'
    group by customer_months.group_id, customer_months.period_month
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
