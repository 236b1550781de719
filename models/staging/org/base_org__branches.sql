{{ config(materialized='table') }}

{{ stage_records('branches') }}
