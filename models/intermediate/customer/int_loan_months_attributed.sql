{{ config(materialized='monthly') }}
{{ instrument_months_attributed(ref('int_loan_months'), ref('stg_credit__loans'), 'loan_id') }}
