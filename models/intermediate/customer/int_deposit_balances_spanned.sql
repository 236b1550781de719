{{ config(materialized='spanned') }}
-- depends_on: {{ ref('int_rebuild_start') }}
-- a balance holds until the next record of its account; from the closing day on it is 0
with

accounts as (
    select * from {{ ref('stg_core__accounts') }}
    where {{ is_newest() }}
),

records as (
    select
        balances.account_id,
        balances.balance_date,
        balances.balance,
        balances.interest_rate
    from {{ ref('stg_core__deposit_balances') }} as balances
    inner join accounts
        on balances.account_id = accounts.account_id
    where
        balances.balance_date <= {{ as_of_date() }}
        and (accounts.closed_date is null or balances.balance_date < accounts.closed_date)
        and {{ is_made_anew('balances.balance_date', this) }}
    {{ lasting_spans(['account_id', 'balance_date', 'balance', 'interest_rate'], 'balance_date') }}
),

closings as (
    select
        accounts.account_id,
        accounts.closed_date as balance_date,
        cast(0 as decimal(18, 2)) as balance,
        cast(null as decimal(12, 8)) as interest_rate
    from accounts
    where
        accounts.closed_date <= {{ as_of_date() }}
        and {{ is_made_anew('accounts.closed_date', this) }}
        and accounts.account_id in (select records.account_id from records)
),

events as (
    select * from records
    union all
    select * from closings
),

final as (
    select
        account_id,
        balance_date as from_date,
        coalesce(
            lead(balance_date) over (partition by account_id order by balance_date),
            {{ add_to_date('day', 1, as_of_date()) }}
        ) as to_date,
        balance,
        interest_rate
    from events
)

select * from final
