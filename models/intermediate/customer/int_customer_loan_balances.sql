{{ config(materialized='monthly') }}
{{ customer_balances(ref('int_loan_months'), 'loan') }}
