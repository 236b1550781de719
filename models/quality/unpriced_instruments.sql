{{ config(materialized='monthly') }}
-- what counts 0 because a price is missing: balances without an exchange rate, transfer income without any other price; and what
-- lies before the first month of its customer
with

{% set instruments = ['account', 'loan'] -%}
{% for instrument in instruments -%}
{{ instrument }}_months as (
    select * from {{ ref('int_' ~ instrument ~ '_months') }}
),

{{ instrument }}_profits as (
    select * from {{ ref('fct_instrument_profits') }}
    where instrument_type = '{{ instrument }}'
),

{% endfor -%}
fees as (
    select * from {{ ref('stg_core__fee_transactions') }}
    where transaction_date <= {{ as_of_date() }}
),

months as (
    select * from {{ ref('int_months') }}
),

first_months as (
    select * from {{ ref('int_customer_first_months') }}
),

instruments as (
    {% for instrument in instruments -%}
    select
        '{{ instrument }}' as instrument_type,
        profits.instrument_id,
        profits.period_month,
        instrument_months.currency,
        profits.unpriced_reason as reason
    from {{ instrument }}_profits as profits
    inner join {{ instrument }}_months as instrument_months
        on
            profits.instrument_id = instrument_months.{{ instrument }}_id
            and profits.period_month = instrument_months.period_month
    where profits.unpriced_reason is not null
    union all
    -- the month itself may need no rate where the year or the twelve months do
    select
        '{{ instrument }}' as instrument_type,
        profits.instrument_id,
        profits.period_month,
        instrument_months.currency,
        'no_fx_rate' as reason
    from {{ instrument }}_profits as profits
    inner join {{ instrument }}_months as instrument_months
        on
            profits.instrument_id = instrument_months.{{ instrument }}_id
            and profits.period_month = instrument_months.period_month
    where
        profits.unpriced_reason is null
        and instrument_months.rate_to_cny is null
        and (instrument_months.ytd_cent_days <> 0 or instrument_months.r12_cent_days <> 0)
    union all
    select
        '{{ instrument }}' as instrument_type,
        instrument_months.{{ instrument }}_id as instrument_id,
        instrument_months.period_month,
        instrument_months.currency,
        'before_first_month' as reason
    from {{ instrument }}_months as instrument_months
    inner join first_months
        on
            instrument_months.customer_id = first_months.customer_id
            and instrument_months.period_month < first_months.first_month
    where instrument_months.cent_days <> 0
    union all
    {% endfor -%}
    select
        'fee' as instrument_type,
        fees.transaction_id as instrument_id,
        months.period_month,
        'CNY' as currency,
        'before_first_month' as reason
    from fees
    inner join months
        on {{ month_of('fees.transaction_date') }} = months.period_month
    inner join first_months
        on
            fees.customer_id = first_months.customer_id
            and months.period_month < first_months.first_month
),

final as (
    select
        instrument_type,
        instrument_id,
        period_month,
        currency,
        reason
    from instruments
)

select * from final
