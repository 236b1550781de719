{{ config(materialized='monthly') }}
-- tiers of other schemes as metrics of schemes that are judged on them
with

metrics as (
    select * from {{ ref('int_customer_metrics') }}
),

tiers as (
    select * from {{ ref('int_tiers_by_metrics') }}
),

marks as (
    select
        customer_id,
        period_month,
        max(case when scheme_code = 'traditional_company_scale' and tier_code = 'large' then 1 else 0 end) as traditional_large_mark,
        max(case when scheme_code = 'traditional_company_scale' and tier_code = 'medium' then 1 else 0 end) as traditional_medium_mark,
        max(case when scheme_code = 'marketing_class' and tier_code = 'class_1' then 1 else 0 end) as class_1_mark,
        max(case when scheme_code = 'marketing_class' and tier_code = 'class_2' then 1 else 0 end) as class_2_mark
    from tiers
    group by customer_id, period_month
),

final as (
    select
        metrics.customer_id,
        metrics.period_month,
        metrics.statement_issue,
        metrics.strategic_mark,
        marks.traditional_large_mark,
        marks.traditional_medium_mark,
        marks.class_1_mark,
        marks.class_2_mark
    from metrics
    inner join marks
        on
            metrics.customer_id = marks.customer_id
            and metrics.period_month = marks.period_month
)

select * from final
