with

tags as (
    select * from {{ ref('stg_crm__customer_tags') }}
),

months as (
    select * from {{ ref('int_months') }}
),

final as (
    select
        tags.customer_id,
        months.period_month,
        tags.tag_code
    from tags
    inner join months
        on {{ is_valid_on('tags', 'months.period_end_date') }}
    group by tags.customer_id, months.period_month, tags.tag_code
)

select * from final
