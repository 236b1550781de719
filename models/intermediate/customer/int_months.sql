-- depends_on: {{ ref('int_rebuild_start') }}
-- history starts with the earliest balance record; a bank without one has no months
with

deposit_balances as (
    select balance_date from {{ ref('stg_core__deposit_balances') }}
),

loan_balances as (
    select balance_date from {{ ref('stg_credit__loan_balances') }}
),

first_record as (
    select min(balance_date) as balance_date
    from (
        select min(balance_date) as balance_date from deposit_balances
        union all
        select min(balance_date) as balance_date from loan_balances
    ) as records
),

months as (
    {{ month_series(month_of('balance_date'), month_of(as_of_date())) }}
    from first_record
),

bounded as (
    select
        period_month,
        least({{ add_to_date('day', -1, add_to_date('month', 1, 'period_month')) }}, {{ as_of_date() }}) as period_end_date,
        cast({{ dbt.date_trunc('year', 'period_month') }} as date) as year_start_date,
        {{ add_to_date('month', -11, 'period_month') }} as r12_start_date
    from months
),

final as (
    select
        period_month,
        period_end_date,
        {{ add_to_date('day', 1, 'period_end_date') }} as period_stop_date,
        year_start_date,
        r12_start_date,
        cast({{ days_between('period_month', 'period_end_date') }} + 1 as integer) as month_days,
        cast({{ days_between('year_start_date', 'period_end_date') }} + 1 as integer) as ytd_days,
        cast({{ days_between('r12_start_date', 'period_end_date') }} + 1 as integer) as r12_days
    from bounded
)

select * from final
