{#-
    The models that hold staged records, one per extract of the contract. dbt needs their names before it has read the
    contract; a list that does not fit the contract stops the build.
-#}
{% macro base_models() -%}
    {%- set models = [
        'base_core__customers',
        'base_core__accounts',
        'base_core__deposit_balances',
        'base_credit__loans',
        'base_credit__loan_balances',
        'base_crm__referrals',
        'base_crm__referral_participants',
        'base_credit__financial_statements',
        'base_core__fee_transactions',
        'base_credit__credit_lines',
        'base_core__product_holdings',
        'base_crm__customer_tags',
        'base_crm__customer_relationships',
        'base_crm__customer_scores',
        'base_crm__prospects',
        'base_crm__prospect_scores',
        'base_crm__visits',
        'base_core__payroll_runs',
        'base_credit__property_projects',
        'base_core__counterparty_flows',
        'base_crm__referral_reviews',
        'base_crm__performance_claims',
        'base_finance__cost_pools',
        'base_org__branches',
        'base_org__departments',
        'base_org__employees',
        'base_org__staff_appraisals',
        'base_finance__ftp_curves',
        'base_finance__fx_rates',
    ] -%}
    {%- if execute -%}
        {%- set expected = [] -%}
        {%- for table in graph.sources.values() if table.source_name == 'landing' and table.name != 'manifest' -%}
            {%- do expected.append(base_model(extract_contract(table.name))) -%}
        {%- endfor -%}
        {%- if models | sort != expected | sort -%}
            {{ exceptions.raise_compiler_error('base_models() does not list the extracts of the contract: ' ~ expected | sort | join(', ')) }}
        {%- endif -%}
    {%- endif -%}
    {{ return(models) }}
{%- endmacro %}
