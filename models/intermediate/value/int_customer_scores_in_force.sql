{{ config(materialized='view') }}
-- a score holds until the next one of its kind
with

scores as (
    select * from {{ ref('stg_crm__customer_scores') }}
),

months as (
    select * from {{ ref('int_months') }}
),

spans as (
    select
        customer_id,
        score_code,
        score,
        score_date as in_force_from,
        coalesce(
            lead(score_date) over (partition by customer_id, score_code order by score_date), cast('9999-12-31' as date)
        ) as in_force_to
    from scores
),

final as (
    select
        spans.customer_id,
        spans.score_code,
        months.period_month,
        spans.score
    from spans
    inner join months
        on {{ in_force('spans', 'months.period_end_date') }}
)

select * from final
