{{ config(materialized='monthly') }}
-- on which day and for which tenor each account and loan is priced, month by month
with

account_months as (
    select * from {{ ref('int_account_months') }}
),

accounts as (
    {{ newest_version(ref('stg_core__accounts'), 'account_id') }}
),

account_versions as (
    {{ versions_in_force(ref('stg_core__accounts'), 'account_id') }}
),

loan_months as (
    select * from {{ ref('int_loan_months') }}
),

loans as (
    {{ newest_version(ref('stg_credit__loans'), 'loan_id') }}
),

loan_versions as (
    {{ versions_in_force(ref('stg_credit__loans'), 'loan_id') }}
),

months as (
    select * from {{ ref('int_months') }}
),

methods as (
    {{ rules_in_force(ref('rule_ftp_methods'), ['product_code']) }}
),

instruments as (
    select
        'account' as instrument_type,
        account_months.account_id as instrument_id,
        account_months.period_month,
        account_months.product_code,
        account_months.currency,
        account_versions.interest_rate as agreed_rate,
        accounts.opened_date as start_date,
        account_versions.term_months as original_term_months,
        cast(null as varchar) as rate_type,
        cast(null as integer) as reprice_months
    from account_months
    inner join months
        on account_months.period_month = months.period_month
    inner join accounts
        on account_months.account_id = accounts.account_id
    inner join account_versions
        on
            account_months.account_id = account_versions.account_id
            and {{ in_force('account_versions', 'months.period_end_date') }}
    union all
    select
        'loan' as instrument_type,
        loan_months.loan_id as instrument_id,
        loan_months.period_month,
        loan_months.product_code,
        loan_months.currency,
        loan_versions.interest_rate as agreed_rate,
        loans.start_date,
        {{ months_between('loans.start_date', 'loans.maturity_date') }} as original_term_months,
        loan_versions.rate_type,
        loan_versions.reprice_months
    from loan_months
    inner join months
        on loan_months.period_month = months.period_month
    inner join loans
        on loan_months.loan_id = loans.loan_id
    inner join loan_versions
        on
            loan_months.loan_id = loan_versions.loan_id
            and {{ in_force('loan_versions', 'months.period_end_date') }}
),

with_method as (
    select
        instruments.*,
        -- what does not reprice is priced by its term
        case
            when methods.method = 'repricing' and coalesce(instruments.rate_type, 'fixed') <> 'floating' then 'matched_term'
            else methods.method
        end as ftp_method,
        methods.tenor_months as method_tenor_months,
        methods.spread,
        -- whole months from the start to the month's first day
        {{ months_between('instruments.start_date', 'instruments.period_month') }}
        - case when extract(day from instruments.start_date) > 1 then 1 else 0 end as months_passed
    from instruments
    left join methods
        on
            instruments.period_month = methods.period_month
            and instruments.product_code = methods.product_code
),

final as (
    select
        instrument_type,
        instrument_id,
        period_month,
        product_code,
        currency,
        agreed_rate,
        ftp_method,
        spread,
        case ftp_method
            when 'matched_term' then start_date
            when 'fixed_tenor' then period_month
            when 'repricing'
                then
                    {{ add_to_date(
                        'month',
                        'cast(reprice_months * ' ~ divide_down('greatest(months_passed, 0)', 'reprice_months') ~ ' as integer)',
                        'start_date'
                    ) }}
        end as pricing_date,
        case ftp_method
            when 'matched_term' then original_term_months
            when 'fixed_tenor' then method_tenor_months
            when 'repricing' then reprice_months
        end as tenor_months
    from with_method
)

select * from final
