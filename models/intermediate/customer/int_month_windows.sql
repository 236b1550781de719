-- every month with the twelve that its sums take in: summed over an equality join, where window functions sort whole histories
with

months as (
    select * from {{ ref('int_months') }}
),

final as (
    select
        months.period_month,
        window_months.period_month as window_month,
        months.period_end_date,
        window_months.period_month = months.period_month as is_month_itself,
        window_months.period_month >= months.year_start_date as is_in_year
    from months
    inner join months as window_months
        on window_months.period_month between months.r12_start_date and months.period_month
)

select * from final
