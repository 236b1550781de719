-- the newest record of a project in each year; shares are compared by cross-multiplication, exactly
with

projects as (
    select * from {{ ref('stg_credit__property_projects') }}
    where as_of_date <= {{ as_of_date() }}
),

sole_lender_rates as (
    select * from {{ ref('int_parameter_spans') }}
    where parameter_code = 'mortgage_sole_lender_rate' and region_code = '*'
),

newest as (
    select
        *,
        cast(extract(year from as_of_date) as integer) as assessment_year,
        row_number() over (
            partition by project_id, extract(year from as_of_date)
            order by as_of_date desc
        ) as age
    from projects
),

dated as (
    select
        newest.project_id,
        newest.assessment_year,
        newest.as_of_date,
        coalesce(newest.development_loan_total, 0) as development_loan_total,
        coalesce(newest.development_loan_ours, 0) as development_loan_ours,
        coalesce(newest.mortgages_total, 0) as mortgages_total,
        coalesce(newest.mortgages_ours, 0) as mortgages_ours,
        sole_lender_rates.value as sole_lender_rate
    from newest
    inner join sole_lender_rates
        on
            {{ in_force('sole_lender_rates', 'newest.as_of_date') }}
    where newest.age = 1
),

judged as (
    select
        *,
        development_loan_ours > 0 and development_loan_ours >= development_loan_total as is_sole_lender,
        development_loan_ours > 0 as has_floor
    from dated
),

final as (
    select
        project_id,
        assessment_year,
        as_of_date as record_date,
        mortgages_ours,
        mortgages_total,
        {{ rate_of('mortgages_ours', 'mortgages_total') }} as share_rate,
        case
            when is_sole_lender then sole_lender_rate
            when has_floor
                then {{ rate_of('development_loan_ours', 'development_loan_total') }}
        end as required_rate,
        is_sole_lender,
        has_floor,
        mortgages_total > 0
        and case
            when is_sole_lender
                then
                    {{ to_cents('mortgages_ours') }} * 100000000
                    >= {{ to_cents('mortgages_total') }} * {{ to_units('sole_lender_rate', 8) }}
            when has_floor
                then
                    {{ to_cents('mortgages_ours') }} * {{ to_cents('development_loan_total') }}
                    >= {{ to_cents('mortgages_total') }} * {{ to_cents('development_loan_ours') }}
            else true
        end as meets_floor
    from judged
)

select * from final
