{{ config(materialized='monthly') }}
with

slices as (
    select * from {{ ref('int_loan_slices') }}
    where {{ is_needed('period_month', months_before=1) }}
),

loans as (
    select * from {{ ref('int_instrument_ftp') }}
    where instrument_type = 'loan' and {{ is_needed('period_month', months_before=1) }}
),

customer_months as (
    select * from {{ ref('int_customer_months_spined') }}
),

months as (
    select * from {{ ref('int_months') }}
),

parameters as (
    select
        *,
        {{ to_rate_units('capital_ratio') }} as capital_ratio_units,
        {{ to_rate_units('cost_of_capital') }} as cost_of_capital_units,
        {{ greatest_common_divisor(to_rate_units('capital_ratio'), power_of_ten(8)) }} as capital_ratio_divisor,
        {{ greatest_common_divisor(to_rate_units('cost_of_capital'), power_of_ten(8)) }} as cost_of_capital_divisor
    from {{ ref('int_profit_parameters') }}
),

-- as fractions in lowest terms: the units of all factors together would leave no room for a large balance
capital_parameters as (
    select
        period_month,
        region_code,
        interest_day_count,
        capital_day_count,
        credit_cost_method,
        {{ divide_down('capital_ratio_units', 'capital_ratio_divisor') }} as capital_ratio_part,
        {{ divide_down(power_of_ten(8), 'capital_ratio_divisor') }} as capital_ratio_whole,
        {{ divide_down('cost_of_capital_units', 'cost_of_capital_divisor') }} as cost_of_capital_part,
        {{ divide_down(power_of_ten(8), 'cost_of_capital_divisor') }} as cost_of_capital_whole
    from parameters
),

exposure_classes as (
    select * from {{ ref('int_exposure_classes') }}
    where {{ is_needed('period_month', months_before=1) }}
),

grades as (
    {{ rules_in_force(ref('rule_risk_grades')) }}
),

risk_weights as (
    {{ rules_in_force(ref('rule_risk_weights'), ['exposure_class_code']) }}
),

default_probabilities as (
    {{ rules_in_force(ref('rule_default_probabilities'), ['grade_kind', 'grade_code']) }}
),

loss_rates as (
    {{ rules_in_force(ref('rule_loss_rates'), ['guarantee_type']) }}
),

-- what the balance records' own rates earn, and the balance-days that earn the loan's; on days graded substandard or worse the rate is 0
interest as (
    select
        slices.loan_id,
        slices.period_month,
        sum(
            case
                when grades.accrues_interest and slices.interest_rate is not null
                    then slices.cent_days * {{ to_rate_units('slices.interest_rate') }}
                else 0
            end
        ) as own_units,
        sum(case when grades.accrues_interest and slices.interest_rate is null then slices.cent_days else 0 end) as unrated_cent_days,
        -- a day without a balance needs no price
        max(case when slices.cent_days <> 0 then 1 else 0 end) as has_balance,
        max(case when slices.closing_balance is not null then coalesce(slices.risk_grade, 'pass') end) as closing_grade
    from slices
    left join grades
        on
            slices.period_month = grades.period_month
            and coalesce(slices.risk_grade, 'pass') = grades.risk_grade
    group by slices.loan_id, slices.period_month
),

joined as (
    select
        loans.instrument_id as loan_id,
        loans.period_month,
        loans.customer_id,
        loans.product_code,
        loans.branch_id,
        loans.balance,
        loans.cent_days,
        -- no balance needs no rate
        case when interest.has_balance = 0 then 0 else {{ to_rate_units('loans.rate_to_cny') }} end as fx_units,
        months.month_days,
        capital_parameters.interest_day_count,
        capital_parameters.capital_day_count,
        capital_parameters.credit_cost_method,
        capital_parameters.capital_ratio_part,
        capital_parameters.capital_ratio_whole,
        capital_parameters.cost_of_capital_part,
        capital_parameters.cost_of_capital_whole,
        {{ to_units('risk_weights.risk_weight', 4) }} as risk_weight_units,
        case
            when grades.uses_internal_rating and rating_probabilities.probability is not null
                then {{ to_units('rating_probabilities.probability', 6) }}
            else {{ to_units('grade_probabilities.probability', 6) }}
        end as probability_units,
        {{ to_units('loss_rates.loss_rate', 4) }} as loss_rate_units,
        {{ to_units('grades.provision_rate', 4) }} as provision_rate_units,
        loans.ftp_method,
        loans.pricing_date,
        loans.tenor_months,
        loans.ftp_rate_units,
        interest.own_units + interest.unrated_cent_days * {{ to_rate_units('loans.agreed_rate') }} as interest_units,
        interest.closing_grade,
        loans.rate_to_cny,
        grades.provision_rate,
        exposure_classes.exposure_class_code,
        interest.has_balance,
        case
            when interest.has_balance = 0 then null
            when loans.rate_to_cny is null then 'no_fx_rate'
            when loans.ftp_method is null then 'no_ftp_method'
            when loans.ftp_rate_units is null then 'no_ftp_curve'
        end as unpriced_reason
    from loans
    inner join interest
        on
            loans.instrument_id = interest.loan_id
            and loans.period_month = interest.period_month
    inner join months
        on loans.period_month = months.period_month
    inner join customer_months
        on
            loans.customer_id = customer_months.customer_id
            and loans.period_month = customer_months.period_month
    inner join exposure_classes
        on
            loans.instrument_id = exposure_classes.loan_id
            and loans.period_month = exposure_classes.period_month
    left join capital_parameters
        on
            loans.period_month = capital_parameters.period_month
            and coalesce(customer_months.region_code, '*') = capital_parameters.region_code
    left join risk_weights
        on
            loans.period_month = risk_weights.period_month
            and exposure_classes.exposure_class_code = risk_weights.exposure_class_code
    left join grades
        on
            loans.period_month = grades.period_month
            and interest.closing_grade = grades.risk_grade
    left join default_probabilities as rating_probabilities
        on
            loans.period_month = rating_probabilities.period_month
            and rating_probabilities.grade_kind = 'internal_rating'
            and exposure_classes.internal_rating = rating_probabilities.grade_code
    left join default_probabilities as grade_probabilities
        on
            loans.period_month = grade_probabilities.period_month
            and grade_probabilities.grade_kind = 'risk_grade'
            and interest.closing_grade = grade_probabilities.grade_code
    left join loss_rates
        on
            loans.period_month = loss_rates.period_month
            and coalesce(exposure_classes.guarantee_type, 'credit') = loss_rates.guarantee_type
),

provisioned as (
    select
        *,
        cent_days * fx_units * risk_weight_units * capital_ratio_part as capital_units,
        {{ round_divide(to_cents('balance') ~ ' * fx_units * provision_rate_units', power_of_ten(12)) }} as provision_cents
    from joined
),

rounded as (
    select
        *,
        {{ amount_of('(interest_units - cent_days * ftp_rate_units) * fx_units', 16, 'interest_day_count') }} as loan_transfer_amount,
        {{ amount_of('cent_days * fx_units * probability_units * loss_rate_units', 18, 'capital_day_count') }}
            as expected_loss_amount,
        {{ to_amount('provision_cents - coalesce(lag(provision_cents) over (partition by loan_id order by period_month), 0)') }}
            as provision_change_amount
    from provisioned
),

final as (
    select
        loan_id,
        period_month,
        customer_id,
        product_code,
        branch_id,
        exposure_class_code,
        {{ amount_of('cent_days * fx_units', 8, 'month_days') }} as average_balance,
        {{ from_rate_units(round_divide('sign(cent_days) * interest_units', 'abs(cent_days)')) }} as customer_rate,
        {{ from_rate_units('ftp_rate_units') }} as ftp_rate,
        ftp_method,
        pricing_date,
        tenor_months,
        {{ amount_of('interest_units * fx_units', 16, 'interest_day_count') }} as interest_amount,
        case when has_balance = 0 then 0 else loan_transfer_amount end as loan_transfer_amount,
        {{ amount_of(
            'capital_units * cost_of_capital_part', 12, 'capital_ratio_whole * cost_of_capital_whole * capital_day_count'
        ) }} as capital_cost_amount,
        {{ amount_of('capital_units', 12, 'capital_ratio_whole * month_days') }} as economic_capital_amount,
        case credit_cost_method when 1 then expected_loss_amount else provision_change_amount end as credit_cost_amount,
        cast(balance as decimal(18, 2)) as balance,
        rate_to_cny,
        provision_rate,
        unpriced_reason
    from rounded
)

select * from final
