{{ config(materialized='table') }}
-- depends_on: {{ ref('base_org__branches') }}
-- depends_on: {{ ref('base_core__customers') }}

{{ stage_records('performance_claims') }}
