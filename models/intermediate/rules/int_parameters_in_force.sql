-- a region's own value replaces the one of every region (`*`)
with

parameters as (
    select
        months.period_month,
        spans.*
    from {{ ref('int_parameter_spans') }} as spans
    inner join {{ ref('int_months') }} as months
        on {{ in_force('spans', 'months.period_end_date') }}
),

regions as (
    select region_code
    from {{ ref('int_customer_months_spined') }}
    where region_code is not null
    group by region_code
    union all
    select '*' as region_code
),

candidates as (
    select
        parameters.period_month,
        regions.region_code,
        parameters.parameter_code,
        parameters.value,
        parameters.approval_reference,
        row_number() over (
            partition by parameters.period_month, regions.region_code, parameters.parameter_code
            order by case when parameters.region_code = '*' then 1 else 0 end
        ) as distance
    from parameters
    inner join regions
        on parameters.region_code in (regions.region_code, '*')
),

final as (
    select
        period_month,
        region_code,
        parameter_code,
        value,
        approval_reference
    from candidates
    where distance = 1
)

select * from final
