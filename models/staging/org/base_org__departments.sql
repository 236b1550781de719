{{ config(materialized='table') }}
-- depends_on: {{ ref('base_org__branches') }}

{{ stage_records('departments') }}
