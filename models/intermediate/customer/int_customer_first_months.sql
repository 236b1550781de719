-- a customer's first date: the day the relationship, an account or a loan began; without any, the batch that brought him
with

customers as (
    select * from {{ ref('stg_core__customers') }}
    where {{ is_newest() }}
),

customer_versions as (
    select * from {{ ref('stg_core__customers') }}
),

accounts as (
    select * from {{ ref('stg_core__accounts') }}
    where {{ is_newest() }}
),

account_versions as (
    select * from {{ ref('stg_core__accounts') }}
),

loans as (
    select * from {{ ref('stg_credit__loans') }}
    where {{ is_newest() }}
),

loan_versions as (
    select * from {{ ref('stg_credit__loans') }}
),

dates as (
    select
        customer_id,
        opened_date as first_date
    from customers
    union all
    select
        account_versions.customer_id,
        accounts.opened_date as first_date
    from account_versions
    inner join accounts
        on account_versions.account_id = accounts.account_id
    union all
    select
        loan_versions.customer_id,
        loans.start_date as first_date
    from loan_versions
    inner join loans
        on loan_versions.loan_id = loans.loan_id
),

first_dates as (
    select
        customer_id,
        min(first_date) as first_date
    from dates
    group by customer_id
),

first_batches as (
    select
        customer_id,
        min(batch_date) as first_batch_date
    from customer_versions
    group by customer_id
),

final as (
    select
        first_batches.customer_id,
        {{ month_of('coalesce(first_dates.first_date, first_batches.first_batch_date)') }} as first_month
    from first_batches
    left join first_dates
        on first_batches.customer_id = first_dates.customer_id
)

select * from final
