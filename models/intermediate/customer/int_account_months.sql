{{ instrument_months(ref('int_deposit_balances_spanned'), 'account_id') }}
