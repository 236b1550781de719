{{ config(materialized='monthly') }}
with

segments as (
    select * from {{ ref('int_customer_segments') }}
),

final as (
    select
        customer_id,
        segment_code,
        sub_segment_code,
        credit_status,
        market_type,
        period_month,
        cast(matched_rule_priority as integer) as matched_rule_priority,
        rule_effective_from,
        approval_reference
    from segments
)

select * from final
