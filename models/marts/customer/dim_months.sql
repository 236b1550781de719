with

months as (
    select * from {{ ref('int_months') }}
),

numbered as (
    select
        *,
        cast(extract(year from period_month) as integer) as year_number,
        cast(extract(quarter from period_month) as integer) as quarter_number,
        cast(extract(month from period_month) as integer) as month_number
    from months
),

final as (
    select
        period_month,
        period_end_date,
        year_start_date,
        r12_start_date,
        year_number || '-' || lpad(cast(month_number as varchar), 2, '0') as name_en,
        year_number || '年' || month_number || '月' as name_zh,
        year_number,
        quarter_number,
        month_number,
        month_days,
        ytd_days,
        r12_days,
        period_end_date = {{ as_of_date() }} as is_current
    from numbered
)

select * from final
