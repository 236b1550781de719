{{ config(materialized='view') }}
-- the internal price of every account and loan in every month, with its spread, rounded to 8 decimals
with

instruments as (
    select * from {{ ref('int_instruments_to_price') }}
),

prices as (
    select * from {{ ref('int_ftp_prices') }}
),

priced as (
    select
        instruments.*,
        prices.curve_date,
        {{ to_rate_units('instruments.spread') }} as spread_units,
        prices.lower_rate_units,
        prices.upper_rate_units,
        instruments.tenor_months - prices.lower_tenor_months as months_above,
        prices.upper_tenor_months - prices.lower_tenor_months as months_apart
    from instruments
    left join prices
        on
            instruments.instrument_type = prices.instrument_type
            and instruments.currency = prices.currency
            and instruments.pricing_date = prices.pricing_date
            and instruments.tenor_months = prices.tenor_months
),

interpolated as (
    select
        *,
        {{ round_divide(
            '((lower_rate_units + spread_units) * months_apart + (upper_rate_units - lower_rate_units) * months_above)',
            'months_apart'
        ) }} as rate_units_between
    from priced
),

final as (
    select
        instrument_type,
        instrument_id,
        period_month,
        customer_id,
        branch_id,
        product_code,
        rate_to_cny,
        balance,
        cent_days,
        agreed_rate,
        ftp_method,
        pricing_date,
        tenor_months,
        curve_date,
        cast(case when months_apart = 0 then lower_rate_units + spread_units else rate_units_between end as bigint) as ftp_rate_units
    from interpolated
)

select * from final
