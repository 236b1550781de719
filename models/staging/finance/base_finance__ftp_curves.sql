{{ config(materialized='table') }}

{{ stage_records('ftp_curves') }}
