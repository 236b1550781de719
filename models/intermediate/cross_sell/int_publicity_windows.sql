-- when the entries of a month are shown and may be disputed, and how far that has come on the as-of date; the last month of
-- every assessment year is among them, though nothing was posted in it
with

ledger as (
    select * from {{ ref('fct_point_ledger') }}
),

parameters as (
    select * from {{ ref('int_parameter_spans') }}
    where region_code = '*'
),

months as (
    select posted_month from ledger
    union
    select {{ month_of(last_day_of_year('extract(year from posted_month)')) }} as posted_month
    from ledger
),

ended as (
    select
        posted_month,
        {{ add_to_date('day', -1, add_to_date('month', 1, 'posted_month')) }} as month_end_date
    from months
),

dated as (
    select
        ended.posted_month,
        {{ add_to_date('day', 'cast(start_days.value as integer)', 'ended.month_end_date') }} as published_from,
        {{ add_to_date('day', 'cast(start_days.value + lengths.value as integer)', 'ended.month_end_date') }} as published_to
    from ended
    inner join parameters as start_days
        on
            start_days.parameter_code = 'publicity_start_day'
            and {{ in_force('start_days', 'ended.month_end_date') }}
    inner join parameters as lengths
        on
            lengths.parameter_code = 'publicity_days'
            and {{ in_force('lengths', 'ended.month_end_date') }}
),

-- a batch of tomorrow posts to this month or a later one
open_months as (
    select {{ month_of(add_to_date('day', '-cast(value as integer)', as_of_date())) }} as first_open_month
    from parameters
    where
        parameter_code = 'posting_lag_days'
        and in_force_from <= {{ as_of_date() }}
        and in_force_to > {{ as_of_date() }}
),

final as (
    select
        dated.posted_month,
        case
            when dated.published_from > {{ as_of_date() }} then 'recorded'
            when dated.published_to > {{ as_of_date() }} then 'published'
            else 'confirmed'
        end as window_status,
        dated.published_from,
        dated.published_to,
        dated.posted_month < open_months.first_open_month as is_closed
    from dated
    cross join open_months
)

select * from final
