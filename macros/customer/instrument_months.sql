{#-
    Month-end balance and balance-days of every instrument and month, from its slices: cents × days in the month, the year to
    date and the twelve months. Months run without a hole from the first record on. Beside them the attributes in force at the
    period's end, with those by which it is priced (`terms`), and the rate that converts to yuan; without a rate the instrument
    counts 0 (`rate_to_cny` is NULL).
-#}
{% macro instrument_months(slices, versions, instrument_key, terms) -%}
with

slices as (
    select * from {{ slices }}
    where {{ is_needed('period_month', months_before=11) }}
),

versions as (
    select * from {{ versions }}
),

windows as (
    select * from {{ ref('int_month_windows') }}
    where {{ is_needed('period_month') }}
),

currency_rates as (
    select * from {{ ref('int_currency_rates') }}
    where {{ is_needed('period_month') }}
),

balance_days as (
    select
        slices.{{ instrument_key }},
        windows.period_month,
        windows.period_end_date,
        max(case when windows.is_month_itself then slices.closing_balance end) as balance,
        cast(sum(case when windows.is_month_itself then slices.cent_days else 0 end) as {{ type_exact() }}) as cent_days,
        cast(sum(case when windows.is_in_year then slices.cent_days else 0 end) as {{ type_exact() }}) as ytd_cent_days,
        cast(sum(slices.cent_days) as {{ type_exact() }}) as r12_cent_days
    from slices
    inner join windows
        on slices.period_month = windows.window_month
    group by slices.{{ instrument_key }}, windows.period_month, windows.period_end_date
),

final as (
    select
        balance_days.{{ instrument_key }},
        balance_days.period_month,
        versions.customer_id,
        versions.branch_id,
        versions.product_code,
        versions.currency,
        currency_rates.rate_to_cny,
        {%- for term in terms %}
        versions.{{ term }},
        {%- endfor %}
        balance_days.balance,
        balance_days.cent_days,
        balance_days.ytd_cent_days,
        balance_days.r12_cent_days
    from balance_days
    inner join versions
        on
            balance_days.{{ instrument_key }} = versions.{{ instrument_key }}
            and {{ in_force('versions', 'balance_days.period_end_date') }}
    left join currency_rates
        on
            balance_days.period_month = currency_rates.period_month
            and versions.currency = currency_rates.currency
)

select * from final
{%- endmacro %}
