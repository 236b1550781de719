{{ config(materialized='monthly') }}
-- what each driver counts of a customer in a month, as a whole number: pieces, or cents of a balance that is not negative
with

facts as (
    select * from {{ ref('fct_customer_months') }}
),

fees as (
    select * from {{ ref('int_customer_net_fees') }}
),

visits as (
    select
        customer_id,
        {{ month_of('visit_date') }} as period_month,
        count(*) as visit_count
    from {{ ref('stg_crm__visits') }}
    where visit_date <= {{ as_of_date() }}
    group by customer_id, {{ month_of('visit_date') }}
),

final as (
    select
        facts.customer_id,
        facts.period_month,
        facts.branch_id,
        cast(facts.active_account_count as bigint) as active_accounts,
        cast(greatest({{ to_cents('facts.loan_average_balance') }}, 0) as bigint) as average_loans,
        cast(greatest({{ to_cents('facts.deposit_average_balance') }}, 0) as bigint) as average_deposits,
        cast(coalesce(fees.fee_transaction_count, 0) as bigint) as fee_transactions,
        cast(coalesce(visits.visit_count, 0) as bigint) as visits
    from facts
    left join fees
        on
            facts.customer_id = fees.customer_id
            and facts.period_month = fees.period_month
    left join visits
        on
            facts.customer_id = visits.customer_id
            and facts.period_month = visits.period_month
)

select * from final
