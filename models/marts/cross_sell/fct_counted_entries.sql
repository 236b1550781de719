-- every ledger entry with whether its points count in its assessment year; too few sales outrank the mortgage floor
with

ledger as (
    select
        *,
        cast(extract(year from posted_month) as integer) as assessment_year
    from {{ ref('fct_point_ledger') }}
),

completions as (
    select * from {{ ref('fct_product_completions') }}
),

floors as (
    select * from {{ ref('fct_mortgage_floors') }}
),

products as (
    select * from {{ ref('ref_products') }}
),

referrals as (
    select * from {{ ref('int_referrals_newest') }}
),

final as (
    select
        ledger.entry_id,
        ledger.referral_id,
        ledger.department_id,
        ledger.product_code,
        referrals.project_id,
        case
            when not completions.is_counted then 'below_half_target'
            when not products.is_mortgage or referrals.project_id is null then 'counted'
            when floors.project_id is null or floors.mortgages_total = 0 then 'no_project_record'
            when not floors.meets_floor then 'mortgage_floor'
            else 'counted'
        end as counting_status,
        ledger.assessment_year,
        ledger.points
    from ledger
    inner join completions
        on
            ledger.assessment_year = completions.assessment_year
            and ledger.product_code = completions.product_code
    inner join products
        on ledger.product_code = products.product_code
    inner join referrals
        on ledger.referral_id = referrals.referral_id
    left join floors
        on
            referrals.project_id = floors.project_id
            and ledger.assessment_year = floors.assessment_year
)

select * from final
