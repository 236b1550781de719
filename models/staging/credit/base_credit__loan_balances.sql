{{ config(materialized='staged_records') }}
-- depends_on: {{ ref('base_credit__loans') }}

{{ stage_records('loan_balances') }}
