-- what was sold of each product in an assessment year against its target; without a target a product always counts
with

ledger as (
    select
        cast(extract(year from posted_month) as integer) as assessment_year,
        product_code,
        sum(quantity) as completed_quantity
    from {{ ref('fct_point_ledger') }}
    group by extract(year from posted_month), product_code
),

targets as (
    select * from {{ ref('rule_product_targets') }}
),

assessment_years as (
    select assessment_year
    from targets
    group by assessment_year
),

national_parameters as (
    select * from {{ ref('rule_parameters') }}
    where region_code = '*'
),

parameters as (
    select
        national_parameters.parameter_code,
        assessment_years.assessment_year,
        national_parameters.value,
        row_number() over (
            partition by national_parameters.parameter_code, assessment_years.assessment_year
            order by national_parameters.effective_from desc
        ) as rule_age
    from assessment_years
    inner join national_parameters
        on assessment_years.assessment_year >= extract(year from national_parameters.effective_from)
),

stated as (
    select
        targets.assessment_year,
        targets.product_code,
        coalesce(targets.target_quantity, cast(targets.retail_target_quantity * retail_shares.value as decimal(28, 10))) as target_quantity,
        half_targets.value as half_target_rate,
        targets.approval_reference
    from targets
    left join parameters as retail_shares
        on
            targets.assessment_year = retail_shares.assessment_year
            and retail_shares.parameter_code = 'retail_target_share'
            and retail_shares.rule_age = 1
    left join parameters as half_targets
        on
            targets.assessment_year = half_targets.assessment_year
            and half_targets.parameter_code = 'half_target_rate'
            and half_targets.rule_age = 1
),

final as (
    select
        coalesce(stated.assessment_year, ledger.assessment_year) as assessment_year,
        coalesce(stated.product_code, ledger.product_code) as product_code,
        cast(stated.target_quantity as decimal(18, 2)) as target_quantity,
        cast(coalesce(ledger.completed_quantity, 0) as decimal(18, 2)) as completed_quantity,
        {{ rate_of('coalesce(ledger.completed_quantity, 0)', 'cast(stated.target_quantity as decimal(18, 2))') }} as completion_rate,
        coalesce(coalesce(ledger.completed_quantity, 0) >= stated.target_quantity * stated.half_target_rate, true) as is_counted,
        stated.approval_reference
    from stated
    full outer join ledger
        on
            stated.assessment_year = ledger.assessment_year
            and stated.product_code = ledger.product_code
)

select * from final
