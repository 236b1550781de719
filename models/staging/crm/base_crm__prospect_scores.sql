{{ config(materialized='table') }}
-- depends_on: {{ ref('base_crm__prospects') }}

{{ stage_records('prospect_scores') }}
