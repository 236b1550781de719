{{ config(materialized='monthly') }}
{{ instrument_months(
    ref('int_loan_slices'), ref('stg_credit__loans'), 'loan_id', ['interest_rate', 'maturity_date', 'rate_type', 'reprice_months']
) }}
