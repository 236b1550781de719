{{ config(materialized='monthly') }}
with

account_months as (
    select * from {{ ref('int_account_months') }}
),

slices as (
    select * from {{ ref('int_account_slices') }}
    where {{ is_needed('period_month') }}
),

ftp as (
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
        account_months.account_id,
        account_months.period_month,
        account_months.customer_id,
        account_months.product_code,
        account_months.branch_id,
        account_months.cent_days,
        {{ to_rate_units('account_months.rate_to_cny') }} as fx_units,
        months.month_days,
        parameters.interest_day_count,
        ftp.ftp_method,
        ftp.pricing_date,
        ftp.tenor_months,
        ftp.ftp_rate_units,
        interest.has_balance,
        case
            when interest.needs_rate = 0 then interest.own_units
            else interest.own_units + interest.unrated_cent_days * {{ to_rate_units('ftp.agreed_rate') }}
        end as interest_units,
        case
            when interest.has_balance = 0 then null
            when account_months.rate_to_cny is null then 'no_fx_rate'
            when ftp.ftp_method is null then 'no_ftp_method'
            when ftp.ftp_rate_units is null then 'no_ftp_curve'
            when interest.needs_rate = 1 and ftp.agreed_rate is null then 'no_customer_rate'
        end as unpriced_reason
    from account_months
    inner join ftp
        on
            account_months.account_id = ftp.instrument_id
            and account_months.period_month = ftp.period_month
    inner join interest
        on
            account_months.account_id = interest.account_id
            and account_months.period_month = interest.period_month
    inner join months
        on account_months.period_month = months.period_month
    inner join customer_months
        on
            account_months.customer_id = customer_months.customer_id
            and account_months.period_month = customer_months.period_month
    left join parameters
        on
            account_months.period_month = parameters.period_month
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
