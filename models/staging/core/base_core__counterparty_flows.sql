{{ config(materialized='staged_records') }}
-- depends_on: {{ ref('base_core__customers') }}

{{ stage_records('counterparty_flows') }}
