{{ config(materialized='staged_records') }}
-- depends_on: {{ ref('base_core__accounts') }}

{{ stage_records('deposit_balances') }}
