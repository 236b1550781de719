-- every stretch of months with its months: spans find theirs by an equality join, several times faster than by a range
with

months as (
    select * from {{ ref('int_months') }}
),

final as (
    select
        first_months.period_month as from_month,
        last_months.period_month as to_month,
        months.period_month,
        months.period_stop_date
    from months as first_months
    inner join months as last_months
        on first_months.period_month <= last_months.period_month
    inner join months
        on months.period_month between first_months.period_month and last_months.period_month
)

select * from final
