{{ config(materialized='table') }}

{{ stage_records('fx_rates') }}
