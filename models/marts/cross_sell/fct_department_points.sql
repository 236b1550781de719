with

entries as (
    select * from {{ ref('fct_counted_entries') }}
),

final as (
    select
        assessment_year,
        department_id,
        product_code,
        counting_status,
        cast(sum(points) as decimal(18, 2)) as points,
        cast(count(*) as integer) as entry_count
    from entries
    group by assessment_year, department_id, product_code, counting_status
)

select * from final
