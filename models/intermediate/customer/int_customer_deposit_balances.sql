{{ config(materialized='view') }}
{{ customer_balances(ref('int_account_months'), 'deposit') }}
