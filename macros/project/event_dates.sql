{#-
    The staged extracts whose rows are events, each with the day of the event: a row says something of the months from that day
    on. A night compares them by it (int_input_fingerprints) and tests their grain from the first month on that it makes anew.
-#}
{% macro event_dates() -%}
    {{ return({
        'stg_core__deposit_balances': 'balance_date', 'stg_credit__loan_balances': 'balance_date',
        'stg_core__fee_transactions': 'transaction_date', 'stg_credit__financial_statements': 'statement_date',
        'stg_finance__fx_rates': 'rate_date', 'stg_finance__cost_pools': 'period_month', 'stg_crm__visits': 'visit_date',
        'stg_core__counterparty_flows': 'flow_date', 'stg_crm__customer_scores': 'score_date',
        'stg_crm__prospects': 'batch_date', 'stg_crm__prospect_scores': 'score_date', 'stg_org__staff_appraisals': 'appraisal_date',
    }) }}
{%- endmacro %}
