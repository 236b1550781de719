-- the year's pool divided by counted points, to the cent; who has none gets none and is left out of the divisor
with

points as (
    select
        assessment_year,
        department_id,
        sum(case when counting_status = 'counted' then points else 0 end) as counted_points
    from {{ ref('fct_department_points') }}
    group by assessment_year, department_id
),

pools as (
    select * from {{ ref('rule_reward_pools') }}
),

rewarded as (
    select
        points.assessment_year,
        points.department_id,
        {{ to_cents('pools.pool_amount') }} as pool_cents,
        {{ to_cents('points.counted_points') }} as weight
    from points
    inner join pools
        on points.assessment_year = pools.assessment_year
    where points.counted_points > 0
),

allocated as (
    {{ allocated('rewarded', ['assessment_year'], 'pool_cents', 'weight', 'department_id') }}
),

assessment_years as (
    select assessment_year
    from points
    group by assessment_year
),

parameters as (
    select * from {{ ref('rule_parameters') }}
    where parameter_code in ('publicity_start_day', 'publicity_days') and region_code = '*'
),

publicity as (
    select
        assessment_years.assessment_year,
        parameters.parameter_code,
        cast(parameters.value as integer) as value,
        row_number() over (
            partition by assessment_years.assessment_year, parameters.parameter_code
            order by parameters.effective_from desc
        ) as rule_age
    from assessment_years
    inner join parameters
        on assessment_years.assessment_year >= extract(year from parameters.effective_from)
),

publicity_days as (
    select
        assessment_year,
        -- days of January until the last month's publicity is over
        sum(case when parameter_code = 'publicity_start_day' then value - 1 else value end) as days
    from publicity
    where rule_age = 1
    group by assessment_year
),

final as (
    select
        points.assessment_year,
        points.department_id,
        cast(points.counted_points as decimal(18, 2)) as counted_points,
        coalesce({{ to_amount('allocated.allocated_cents') }}, 0) as reward_amount,
        {{ add_to_date('day', 'publicity_days.days', "cast((points.assessment_year + 1) || '-01-01' as date)") }} <= {{ as_of_date() }}
            as is_final
    from points
    left join allocated
        on
            points.assessment_year = allocated.assessment_year
            and points.department_id = allocated.department_id
    left join publicity_days
        on points.assessment_year = publicity_days.assessment_year
)

select * from final
