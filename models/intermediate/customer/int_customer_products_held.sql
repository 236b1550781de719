-- products in use at the period's end: open accounts, loans with a balance, contracts in force
with

account_versions as (
    {{ versions_in_force(ref('stg_core__accounts'), 'account_id') }}
),

accounts as (
    {{ newest_version(ref('stg_core__accounts'), 'account_id') }}
),

holding_versions as (
    {{ versions_in_force(ref('stg_core__product_holdings'), 'holding_id') }}
),

holdings as (
    {{ newest_version(ref('stg_core__product_holdings'), 'holding_id') }}
),

loan_months as (
    select * from {{ ref('int_loan_months_attributed') }}
),

months as (
    select * from {{ ref('int_months') }}
),

account_kinds as (
    {{ rules_in_force(ref('rule_account_kind_values')) }}
),

open_accounts as (
    select
        account_versions.customer_id,
        months.period_month,
        account_versions.product_code,
        1 as active_account,
        0 as contract,
        account_kinds.account_value
    from accounts
    inner join months
        on
            accounts.opened_date <= months.period_end_date
            and (accounts.closed_date is null or accounts.closed_date > months.period_end_date)
    inner join account_versions
        on
            accounts.account_id = account_versions.account_id
            and months.period_end_date >= account_versions.in_force_from
            and months.period_end_date < account_versions.in_force_to
    left join account_kinds
        on
            months.period_month = account_kinds.period_month
            and account_versions.account_kind = account_kinds.account_kind
),

open_loans as (
    select
        customer_id,
        period_month,
        product_code,
        0 as active_account,
        0 as contract,
        null as account_value
    from loan_months
    where balance > 0
),

holdings_in_force as (
    select
        holding_versions.customer_id,
        months.period_month,
        holding_versions.product_code,
        0 as active_account,
        1 as contract,
        null as account_value
    from holdings
    inner join months
        on
            holdings.signed_date <= months.period_end_date
            and (holdings.ended_date is null or holdings.ended_date > months.period_end_date)
    inner join holding_versions
        on
            holdings.holding_id = holding_versions.holding_id
            and months.period_end_date >= holding_versions.in_force_from
            and months.period_end_date < holding_versions.in_force_to
    where holding_versions.is_active
),

held as (
    select * from open_accounts
    union all
    select * from open_loans
    union all
    select * from holdings_in_force
),

final as (
    select
        customer_id,
        period_month,
        count(distinct product_code) as product_count,
        sum(active_account) as active_account_count,
        sum(contract) as contract_count,
        cast(coalesce(sum(account_value), 0) as decimal(18, 2)) as account_value
    from held
    group by customer_id, period_month
)

select * from final
