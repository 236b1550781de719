{{ config(materialized='monthly') }}
{{ instrument_slices(ref('int_loan_balances_spanned'), 'loan_id', ['interest_rate', 'risk_grade']) }}
