{{ config(materialized='table') }}
-- depends_on: {{ ref('base_core__customers') }}

{{ stage_records('customer_tags') }}
