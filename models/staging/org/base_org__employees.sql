{{ config(materialized='table') }}
-- depends_on: {{ ref('base_org__branches') }}
-- depends_on: {{ ref('base_org__departments') }}

{{ stage_records('employees') }}
