{{ config(materialized='table') }}
-- depends_on: {{ ref('base_org__employees') }}

{{ stage_records('staff_appraisals') }}
