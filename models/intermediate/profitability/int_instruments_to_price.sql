{{ config(materialized='view') }}
-- on which day and for which tenor each account and loan is priced, month by month
with

account_months as (
    select * from {{ ref('int_account_months') }}
),

accounts as (
    select * from {{ ref('stg_core__accounts') }}
    where {{ is_newest() }}
),

loan_months as (
    select * from {{ ref('int_loan_months') }}
),

loans as (
    select * from {{ ref('stg_credit__loans') }}
    where {{ is_newest() }}
),

methods as (
    {{ rules_in_force(ref('rule_ftp_methods'), ['product_code']) }}
),

instruments as (
    select
        'account' as instrument_type,
        account_months.account_id as instrument_id,
        account_months.period_month,
        account_months.customer_id,
        account_months.branch_id,
        account_months.product_code,
        account_months.currency,
        account_months.rate_to_cny,
        account_months.balance,
        account_months.cent_days,
        account_months.interest_rate as agreed_rate,
        accounts.opened_date as start_date,
        -- an account without a term is demand money: the shortest tenor prices it
        coalesce(account_months.term_months, 0) as original_term_months,
        cast(null as varchar) as rate_type,
        cast(null as integer) as reprice_months
    from account_months
    inner join accounts
        on account_months.account_id = accounts.account_id
    union all
    select
        'loan' as instrument_type,
        loan_months.loan_id as instrument_id,
        loan_months.period_month,
        loan_months.customer_id,
        loan_months.branch_id,
        loan_months.product_code,
        loan_months.currency,
        loan_months.rate_to_cny,
        loan_months.balance,
        loan_months.cent_days,
        loan_months.interest_rate as agreed_rate,
        loans.start_date,
        {{ months_between('loans.start_date', 'loan_months.maturity_date') }} as original_term_months,
        loan_months.rate_type,
        loan_months.reprice_months
    from loan_months
    inner join loans
        on loan_months.loan_id = loans.loan_id
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
        customer_id,
        branch_id,
        product_code,
        currency,
        rate_to_cny,
        balance,
        cent_days,
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
