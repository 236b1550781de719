{{ config(materialized='monthly') }}
{{ customer_balances(ref('int_account_months'), 'deposit') }}
