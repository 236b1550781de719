{{ config(materialized='view') }}
-- the newest annual statement; of a company founded in the year, of any kind, annual before interim on one date
with

customer_months as (
    select * from {{ ref('int_customer_months_spined') }}
),

statements as (
    select * from {{ ref('stg_credit__financial_statements') }}
),

parameters as (
    select * from {{ ref('int_parameters_in_force') }}
    where parameter_code = 'statement_max_age_months'
),

candidates as (
    select
        customer_months.customer_id,
        customer_months.period_month,
        customer_months.period_end_date,
        customer_months.region_code,
        statements.statement_date,
        statements.period_type,
        statements.total_assets,
        statements.revenue,
        statements.employees,
        row_number() over (
            partition by customer_months.customer_id, customer_months.period_month
            order by statements.statement_date desc, statements.period_type asc
        ) as age
    from customer_months
    inner join statements
        on
            customer_months.customer_id = statements.customer_id
            and customer_months.period_end_date >= statements.statement_date
    where
        statements.period_type = 'annual'
        or (
            customer_months.party_type = 'company'
            and extract(year from customer_months.established_date) = extract(year from customer_months.period_month)
        )
),

final as (
    select
        candidates.customer_id,
        candidates.period_month,
        candidates.statement_date,
        candidates.period_type,
        candidates.total_assets,
        candidates.revenue,
        candidates.employees,
        {{ add_to_date('month', 'cast(parameters.value as integer)', 'candidates.statement_date') }} < candidates.period_end_date
            as is_too_old
    from candidates
    left join parameters
        on
            candidates.period_month = parameters.period_month
            and coalesce(candidates.region_code, '*') = parameters.region_code
    where candidates.age = 1
)

select * from final
