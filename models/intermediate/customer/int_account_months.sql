{{ config(materialized='monthly') }}
{{ instrument_months(ref('int_account_slices'), ref('stg_core__accounts'), 'account_id', ['interest_rate', 'term_months']) }}
