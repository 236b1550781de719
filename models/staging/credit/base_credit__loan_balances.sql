{{ config(materialized='table') }}
-- depends_on: {{ ref('base_credit__loans') }}

{{ stage_records('loan_balances') }}
