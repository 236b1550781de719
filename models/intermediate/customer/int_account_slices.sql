{{ config(materialized='monthly') }}
{{ instrument_slices(ref('int_deposit_balances_spanned'), 'account_id', ['interest_rate']) }}
