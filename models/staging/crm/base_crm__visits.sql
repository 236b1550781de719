{{ config(materialized='staged_records') }}
-- depends_on: {{ ref('base_core__customers') }}
-- depends_on: {{ ref('base_org__employees') }}

{{ stage_records('visits') }}
