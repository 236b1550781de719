{{ config(materialized='monthly') }}
{{ rated_customers(ref('int_customer_metrics'), [
    'strategic_mark', 'employees', 'revenue', 'total_assets', 'small_enterprise_margin', 'registered_capital', 'admin_level_rank',
    'deposit_balance', 'deposit_average_balance', 'deposit_average_balance_ytd', 'deposit_average_balance_r12',
    'loan_balance', 'loan_average_balance', 'loan_average_balance_ytd', 'loan_average_balance_r12', 'credit_line_amount',
], judged_on='metrics') }}
