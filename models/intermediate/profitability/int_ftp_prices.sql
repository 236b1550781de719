{{ config(materialized='view') }}
-- each price asked for is read off its curve once: linear between tenors, flat outside. By type of instrument, so that the prices
-- of loans are found without those of accounts
with

instruments as (
    select * from {{ ref('int_instruments_to_price') }}
    where {{ is_needed('period_month', months_before=1) }}
),

curves as (
    select * from {{ ref('stg_finance__ftp_curves') }}
),

curve_dates as (
    select
        currency,
        curve_date
    from curves
    group by currency, curve_date
),

requests as (
    select
        instrument_type,
        currency,
        pricing_date,
        tenor_months
    from instruments
    where pricing_date is not null and tenor_months is not null
    group by instrument_type, currency, pricing_date, tenor_months
),

dated_requests as (
    select
        requests.instrument_type,
        requests.currency,
        requests.pricing_date,
        requests.tenor_months,
        max(curve_dates.curve_date) as curve_date
    from requests
    inner join curve_dates
        on
            requests.currency = curve_dates.currency
            and requests.pricing_date >= curve_dates.curve_date
    group by requests.instrument_type, requests.currency, requests.pricing_date, requests.tenor_months
),

neighbours as (
    select
        dated_requests.instrument_type,
        dated_requests.currency,
        dated_requests.pricing_date,
        dated_requests.tenor_months,
        dated_requests.curve_date,
        max(case when curves.tenor_months <= dated_requests.tenor_months then curves.tenor_months end) as lower_tenor,
        min(case when curves.tenor_months >= dated_requests.tenor_months then curves.tenor_months end) as upper_tenor
    from dated_requests
    inner join curves
        on
            dated_requests.currency = curves.currency
            and dated_requests.curve_date = curves.curve_date
    group by
        dated_requests.instrument_type, dated_requests.currency, dated_requests.pricing_date, dated_requests.tenor_months,
        dated_requests.curve_date
),

final as (
    select
        neighbours.instrument_type,
        neighbours.currency,
        neighbours.pricing_date,
        neighbours.tenor_months,
        neighbours.curve_date,
        lower_points.tenor_months as lower_tenor_months,
        upper_points.tenor_months as upper_tenor_months,
        {{ to_rate_units('lower_points.rate') }} as lower_rate_units,
        {{ to_rate_units('upper_points.rate') }} as upper_rate_units
    from neighbours
    inner join curves as lower_points
        on
            neighbours.currency = lower_points.currency
            and neighbours.curve_date = lower_points.curve_date
            and coalesce(neighbours.lower_tenor, neighbours.upper_tenor) = lower_points.tenor_months
    inner join curves as upper_points
        on
            neighbours.currency = upper_points.currency
            and neighbours.curve_date = upper_points.curve_date
            and coalesce(neighbours.upper_tenor, neighbours.lower_tenor) = upper_points.tenor_months
)

select * from final
