{{ config(materialized='monthly') }}
{{ instrument_months_attributed(ref('int_account_months'), ref('stg_core__accounts'), 'account_id') }}
