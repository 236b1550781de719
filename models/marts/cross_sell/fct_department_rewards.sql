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

last_months as (
    select
        cast(extract(year from posted_month) as integer) as assessment_year,
        posted_month,
        window_status
    from {{ ref('int_publicity_windows') }}
    where posted_month = {{ month_of(last_day_of_year('extract(year from posted_month)')) }}
),

disputes as (
    select posted_month
    from {{ ref('fct_point_publications') }}
    where status = 'disputed'
    group by posted_month
),

final as (
    select
        points.assessment_year,
        points.department_id,
        cast(points.counted_points as decimal(18, 2)) as counted_points,
        pools.pool_amount,
        coalesce({{ to_amount('allocated.allocated_cents') }}, 0) as reward_amount,
        coalesce(last_months.window_status = 'confirmed' and disputes.posted_month is null, false) as is_final
    from points
    left join pools
        on points.assessment_year = pools.assessment_year
    left join allocated
        on
            points.assessment_year = allocated.assessment_year
            and points.department_id = allocated.department_id
    left join last_months
        on points.assessment_year = last_months.assessment_year
    left join disputes
        on last_months.posted_month = disputes.posted_month
)

select * from final
