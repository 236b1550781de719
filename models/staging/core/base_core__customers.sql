{{ config(materialized='staged_records') }}
-- depends_on: {{ ref('base_org__branches') }}
-- depends_on: {{ ref('base_org__employees') }}
-- depends_on: {{ ref('ref_industries') }}

{{ stage_records('customers') }}
