{{ config(materialized='monthly') }}
-- what speaks for a segment beside party and credit: a tag, or the longest industry prefix that a rule names
with

customer_months as (
    select * from {{ ref('int_customer_months_spined') }}
    where industry_code is not null
),

tags as (
    select * from {{ ref('int_customer_tags_in_force') }}
),

tag_rules as (
    {{ rules_in_force(ref('rule_segment_tags')) }}
),

industry_rules as (
    {{ rules_in_force(ref('rule_segment_industries')) }}
),

ancestors as (
    select * from {{ ref('int_industry_ancestors') }}
),

tagged as (
    select
        tags.customer_id,
        tags.period_month,
        'tag' as evidence_kind,
        tag_rules.segment_code,
        min(tag_rules.sub_segment_code) as sub_segment_code
    from tags
    inner join tag_rules
        on
            tags.period_month = tag_rules.period_month
            and tags.tag_code = tag_rules.tag_code
    group by tags.customer_id, tags.period_month, tag_rules.segment_code
),

industry_matches as (
    select
        ancestors.industry_code,
        industry_rules.period_month,
        industry_rules.segment_code,
        industry_rules.sub_segment_code,
        row_number() over (
            partition by ancestors.industry_code, industry_rules.period_month, industry_rules.segment_code
            order by length(industry_rules.industry_code) desc
        ) as distance
    from industry_rules
    inner join ancestors
        on industry_rules.industry_code = ancestors.ancestor_code
),

in_industry as (
    select
        customer_months.customer_id,
        customer_months.period_month,
        'industry' as evidence_kind,
        industry_matches.segment_code,
        industry_matches.sub_segment_code
    from customer_months
    inner join industry_matches
        on
            customer_months.industry_code = industry_matches.industry_code
            and customer_months.period_month = industry_matches.period_month
    where industry_matches.distance = 1
),

final as (
    select * from tagged
    union all
    select * from in_industry
)

select * from final
