{#-
    Instrument months with the attributes in force at the period's end and the rate that converts them to yuan; without a
    rate the instrument counts 0 (`rate_to_cny` is NULL).
-#}
{% macro instrument_months_attributed(instrument_months, versions, instrument_key) -%}
with

instrument_months as (
    select * from {{ instrument_months }}
),

versions as (
    {{ versions_in_force(versions, instrument_key) }}
),

months as (
    select * from {{ ref('int_months') }}
),

currency_rates as (
    select * from {{ ref('int_currency_rates') }}
),

final as (
    select
        instrument_months.{{ instrument_key }},
        instrument_months.period_month,
        versions.customer_id,
        versions.branch_id,
        versions.product_code,
        versions.currency,
        currency_rates.rate_to_cny,
        instrument_months.balance,
        instrument_months.cent_days,
        instrument_months.ytd_cent_days,
        instrument_months.r12_cent_days
    from instrument_months
    inner join months
        on instrument_months.period_month = months.period_month
    inner join versions
        on
            instrument_months.{{ instrument_key }} = versions.{{ instrument_key }}
            and {{ in_force('versions', 'months.period_end_date') }}
    left join currency_rates
        on
            instrument_months.period_month = currency_rates.period_month
            and versions.currency = currency_rates.currency
)

select * from final
{%- endmacro %}
