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

parameters as (
    select * from {{ ref('int_parameter_spans') }}
    where region_code = '*'
),

dated_targets as (
    select
        *,
        {{ last_day_of_year('assessment_year') }} as year_end_date
    from targets
),

stated as (
    select
        dated_targets.assessment_year,
        dated_targets.product_code,
        -- units of 10^-10: nothing is rounded before it is compared
        coalesce(
            {{ to_cents('dated_targets.target_quantity') }} * 100000000,
            {{ to_cents('dated_targets.retail_target_quantity') }} * {{ to_rate_units('retail_shares.value') }}
        ) as target_units,
        {{ to_rate_units('half_targets.value') }} as half_target_units,
        dated_targets.approval_reference
    from dated_targets
    left join parameters as retail_shares
        on
            retail_shares.parameter_code = 'retail_target_share'
            and {{ in_force('retail_shares', 'dated_targets.year_end_date') }}
    left join parameters as half_targets
        on
            half_targets.parameter_code = 'half_target_rate'
            and {{ in_force('half_targets', 'dated_targets.year_end_date') }}
),

completed as (
    select
        coalesce(stated.assessment_year, ledger.assessment_year) as assessment_year,
        coalesce(stated.product_code, ledger.product_code) as product_code,
        {{ to_amount(round_divide('stated.target_units', power_of_ten(8))) }} as target_quantity,
        cast(coalesce(ledger.completed_quantity, 0) as decimal(18, 2)) as completed_quantity,
        stated.target_units * stated.half_target_units as half_target,
        stated.approval_reference
    from stated
    full outer join ledger
        on
            stated.assessment_year = ledger.assessment_year
            and stated.product_code = ledger.product_code
),

final as (
    select
        assessment_year,
        product_code,
        target_quantity,
        completed_quantity,
        {{ rate_of('completed_quantity', 'target_quantity') }} as completion_rate,
        coalesce({{ to_cents('completed_quantity') }} * {{ power_of_ten(16) }} >= half_target, true) as is_counted,
        approval_reference
    from completed
)

select * from final
