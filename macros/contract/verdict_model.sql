{#- The model that says of every delivered row of a base model's extract what became of it: referrals have rules beyond their contract. -#}
{% macro verdict_model(base_model) -%}
    {{ return('int_referral_verdicts' if base_model == 'base_crm__referrals' else base_model) }}
{%- endmacro %}
