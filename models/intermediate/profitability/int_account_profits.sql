{{ config(materialized='view') }}
-- fct_instrument_profits stores these rows, and whoever needs them reads it
with

slices as (
    select * from {{ ref('int_account_slices') }}
    where {{ is_needed('period_month') }}
),

accounts as (
    select * from {{ ref('int_instrument_ftp') }}
    where instrument_type = 'account' and {{ is_needed('period_month') }}
),

customer_months as (
    select * from {{ ref('int_customer_months_spined') }}
),

months as (
    select * from {{ ref('int_months') }}
),

parameters as (
    select * from {{ ref('int_profit_parameters') }}
),

-- what the balance records' own rates earn, and the balance-days that earn the account's; a day without a balance needs no rate
interest as (
    select
        account_id,
        period_month,
        sum(case when interest_rate is not null then cent_days * {{ to_rate_units('interest_rate') }} else 0 end) as own_units,
        sum(case when interest_rate is null then cent_days else 0 end) as unrated_cent_days,
        max(case when interest_rate is null and cent_days <> 0 then 1 else 0 end) as needs_rate,
        max(case when cent_days <> 0 then 1 else 0 end) as has_balance
    from slices
    group by account_id, period_month
),

joined as (
    select
        accounts.instrument_id as account_id,
        accounts.period_month,
        accounts.customer_id,
        accounts.product_code,
        accounts.branch_id,
        accounts.cent_days,
        -- no balance needs no rate
        case when interest.has_balance = 0 then 0 else {{ to_rate_units('accounts.rate_to_cny') }} end as fx_units,
        months.month_days,
        parameters.interest_day_count,
        accounts.ftp_method,
        accounts.pricing_date,
        accounts.tenor_months,
        accounts.ftp_rate_units,
        interest.has_balance,
        case
            when interest.needs_rate = 0 then interest.own_units
            else interest.own_units + interest.unrated_cent_days * {{ to_rate_units('accounts.agreed_rate') }}
        end as interest_units,
        case
            when interest.has_balance = 0 then null
            when accounts.rate_to_cny is null then 'no_fx_rate'
            when accounts.ftp_method is null then 'no_ftp_method'
            when accounts.ftp_rate_units is null then 'no_ftp_curve'
            when interest.needs_rate = 1 and accounts.agreed_rate is null then 'no_customer_rate'
        end as unpriced_reason
    from accounts
    inner join interest
        on
            accounts.instrument_id = interest.account_id
            and accounts.period_month = interest.period_month
    inner join months
        on accounts.period_month = months.period_month
    inner join customer_months
        on
            accounts.customer_id = customer_months.customer_id
            and accounts.period_month = customer_months.period_month
    left join parameters
        on
            accounts.period_month = parameters.period_month
            and coalesce(customer_months.region_code, '*') = parameters.region_code
),

rounded as (
    select
        *,
        {{ amount_of('cent_days * fx_units', 8, 'month_days') }} as average_balance,
        {{ from_rate_units(round_divide('sign(cent_days) * interest_units', 'abs(cent_days)')) }} as customer_rate,
        {{ amount_of('interest_units * fx_units', 16, 'interest_day_count') }} as interest_amount,
        {{ amount_of('(cent_days * ftp_rate_units - interest_units) * fx_units', 16, 'interest_day_count') }}
            as deposit_transfer_amount
    from joined
),

final as (
    select
        account_id,
        period_month,
        customer_id,
        product_code,
        branch_id,
        average_balance,
        customer_rate,
        {{ from_rate_units('ftp_rate_units') }} as ftp_rate,
        ftp_method,
        pricing_date,
        tenor_months,
        case when has_balance = 0 then 0 else interest_amount end as interest_amount,
        case when has_balance = 0 then 0 else deposit_transfer_amount end as deposit_transfer_amount,
        unpriced_reason
    from rounded
)

select * from final
