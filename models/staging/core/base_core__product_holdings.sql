{{ config(materialized='table') }}
-- depends_on: {{ ref('base_core__customers') }}
-- depends_on: {{ ref('ref_products') }}

{{ stage_records('product_holdings') }}
