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
    select
        assessment_year,
        {{ last_day_of_year('assessment_year') }} as year_end_date
    from points
    group by assessment_year
),

parameters as (
    select * from {{ ref('int_parameter_spans') }}
    where region_code = '*'
),

-- the publicity of December ends in January
publicity as (
    select
        assessment_years.assessment_year,
        {{ add_to_date('day', 'cast(start_days.value + lengths.value as integer)', 'assessment_years.year_end_date') }}
            as publicity_end_date
    from assessment_years
    inner join parameters as start_days
        on
            start_days.parameter_code = 'publicity_start_day'
            and assessment_years.year_end_date >= start_days.in_force_from
            and assessment_years.year_end_date < start_days.in_force_to
    inner join parameters as lengths
        on
            lengths.parameter_code = 'publicity_days'
            and assessment_years.year_end_date >= lengths.in_force_from
            and assessment_years.year_end_date < lengths.in_force_to
),

final as (
    select
        points.assessment_year,
        points.department_id,
        cast(points.counted_points as decimal(18, 2)) as counted_points,
        coalesce({{ to_amount('allocated.allocated_cents') }}, 0) as reward_amount,
        coalesce(publicity.publicity_end_date <= {{ as_of_date() }}, false) as is_final
    from points
    left join allocated
        on
            points.assessment_year = allocated.assessment_year
            and points.department_id = allocated.department_id
    left join publicity
        on points.assessment_year = publicity.assessment_year
)

select * from final
