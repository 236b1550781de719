{{ config(materialized='monthly') }}
{{ instrument_months(ref('int_account_slices'), 'account_id') }}
