{{ config(materialized='view') }}
{{ rated_customers(
    ref('int_customer_tier_marks'),
    ['strategic_mark', 'traditional_large_mark', 'traditional_medium_mark', 'class_1_mark', 'class_2_mark'],
    judged_on='tiers'
) }}
