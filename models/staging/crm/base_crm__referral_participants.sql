{{ config(materialized='staged_records') }}
-- depends_on: {{ ref('base_org__departments') }}
-- depends_on: {{ ref('base_crm__referrals') }}

{{ stage_records('referral_participants') }}
