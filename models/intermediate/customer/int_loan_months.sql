{{ instrument_months(ref('int_loan_balances_spanned'), 'loan_id') }}
