{{ config(materialized='view') }}
-- the first criterion that matches names the exposure class of a loan (specification 3.3)
with

loan_months as (
    select * from {{ ref('int_loan_months') }}
),

loan_versions as (
    select * from {{ ref('stg_credit__loans') }}
),

months as (
    select * from {{ ref('int_months') }}
),

products as (
    select * from {{ ref('ref_products') }}
),

customer_months as (
    select * from {{ ref('int_customer_months_spined') }}
),

segments as (
    select * from {{ ref('fct_customer_segments') }}
),

tiers as (
    select * from {{ ref('int_tiers_by_metrics') }}
    where scheme_code = 'statistical_size'
),

class_rules as (
    {{ rules_in_force(ref('rule_exposure_classes')) }}
),

described as (
    select
        loan_months.loan_id,
        loan_months.period_month,
        case when products.is_mortgage then 'true' else 'false' end as is_mortgage,
        segments.market_type,
        customer_months.industry_code,
        tiers.tier_code as statistical_size,
        loan_versions.internal_rating,
        loan_versions.guarantee_type
    from loan_months
    inner join months
        on loan_months.period_month = months.period_month
    inner join loan_versions
        on
            loan_months.loan_id = loan_versions.loan_id
            and {{ in_force('loan_versions', 'months.period_end_date') }}
    inner join customer_months
        on
            loan_months.customer_id = customer_months.customer_id
            and loan_months.period_month = customer_months.period_month
    inner join segments
        on
            loan_months.customer_id = segments.customer_id
            and loan_months.period_month = segments.period_month
    left join tiers
        on
            loan_months.customer_id = tiers.customer_id
            and loan_months.period_month = tiers.period_month
    left join products
        on loan_months.product_code = products.product_code
),

candidates as (
    select
        described.loan_id,
        described.period_month,
        described.internal_rating,
        described.guarantee_type,
        class_rules.exposure_class_code,
        row_number() over (
            partition by described.loan_id, described.period_month
            order by class_rules.rule_priority, class_rules.criterion_value
        ) as match_number
    from described
    inner join class_rules
        on
            described.period_month = class_rules.period_month
            and (
                (class_rules.criterion = 'is_mortgage' and described.is_mortgage = class_rules.criterion_value)
                or (class_rules.criterion = 'market_type' and described.market_type = class_rules.criterion_value)
                or (
                    class_rules.criterion = 'industry_code'
                    and described.market_type = 'company'
                    and substr(described.industry_code, 1, length(class_rules.criterion_value)) = class_rules.criterion_value
                )
                or (class_rules.criterion = 'statistical_size' and described.statistical_size = class_rules.criterion_value)
                or (class_rules.criterion = 'internal_rating' and described.internal_rating = class_rules.criterion_value)
                or class_rules.criterion = 'any'
            )
),

final as (
    select
        loan_id,
        period_month,
        exposure_class_code,
        internal_rating,
        guarantee_type
    from candidates
    where match_number = 1
)

select * from final
