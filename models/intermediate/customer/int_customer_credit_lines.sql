{{ config(materialized='view') }}
-- credit lines that can be used at the period's end
with

credit_lines as (
    select * from {{ ref('stg_credit__credit_lines') }}
),

months as (
    select * from {{ ref('int_months') }}
),

final as (
    select
        credit_lines.customer_id,
        months.period_month,
        cast(sum(credit_lines.approved_amount) as decimal(18, 2)) as credit_line_amount
    from credit_lines
    inner join months
        on {{ is_valid_on('credit_lines', 'months.period_end_date') }}
    group by credit_lines.customer_id, months.period_month
)

select * from final
