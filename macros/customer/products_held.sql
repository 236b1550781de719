{#-
    Every product in use at the end of the months of a relation: open accounts, loans with a balance, contracts in force, with
    the kind of the account. `active_account` and `contract` are 1 where the row is one.
-#}
{% macro products_held(months) -%}
with

months as (
    select * from {{ months }}
),

account_versions as (
    select * from {{ ref('stg_core__accounts') }}
),

accounts as (
    select * from {{ ref('stg_core__accounts') }}
    where {{ is_newest() }}
),

holding_versions as (
    select * from {{ ref('stg_core__product_holdings') }}
),

holdings as (
    select * from {{ ref('stg_core__product_holdings') }}
    where {{ is_newest() }}
),

loan_months as (
    select * from {{ ref('int_loan_months') }}
),

open_accounts as (
    select
        account_versions.customer_id,
        months.period_month,
        account_versions.product_code,
        1 as active_account,
        account_versions.account_kind,
        0 as contract
    from accounts
    inner join months
        on
            accounts.opened_date <= months.period_end_date
            and (accounts.closed_date is null or accounts.closed_date > months.period_end_date)
    inner join account_versions
        on
            accounts.account_id = account_versions.account_id
            and {{ in_force('account_versions', 'months.period_end_date') }}
),

open_loans as (
    select
        loan_months.customer_id,
        months.period_month,
        loan_months.product_code,
        0 as active_account,
        cast(null as varchar) as account_kind,
        0 as contract
    from loan_months
    inner join months
        on loan_months.period_month = months.period_month
    where loan_months.balance > 0
),

holdings_in_force as (
    select
        holding_versions.customer_id,
        months.period_month,
        holding_versions.product_code,
        0 as active_account,
        cast(null as varchar) as account_kind,
        1 as contract
    from holdings
    inner join months
        on
            holdings.signed_date <= months.period_end_date
            and (holdings.ended_date is null or holdings.ended_date > months.period_end_date)
    inner join holding_versions
        on
            holdings.holding_id = holding_versions.holding_id
            and {{ in_force('holding_versions', 'months.period_end_date') }}
    where holding_versions.is_active
)

select * from open_accounts
union all
select * from open_loans
union all
select * from holdings_in_force
{%- endmacro %}
