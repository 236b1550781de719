{{ config(materialized='monthly') }}
{{ instrument_months(ref('int_loan_slices'), 'loan_id') }}
