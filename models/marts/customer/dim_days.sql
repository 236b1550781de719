with

months as (
    select * from {{ ref('int_months') }}
),

history as (
    select
        min(period_month) as first_date,
        max(period_end_date) as last_date
    from months
),

days as (
    {{ day_series('first_date', 'last_date') }}
    from history
),

final as (
    select
        calendar_date,
        {{ month_of('calendar_date') }} as period_month
    from days
)

select * from final
