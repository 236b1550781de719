{{ config(materialized='staged_records') }}
-- depends_on: {{ ref('base_org__branches') }}
-- depends_on: {{ ref('base_core__customers') }}
-- depends_on: {{ ref('ref_products') }}

{{ stage_records('accounts') }}
