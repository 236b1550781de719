-- growth of the converted number since the end of the year before, against the target of the year
with

effective_customers as (
    select * from {{ ref('fct_effective_customers') }}
),

months as (
    select
        period_month,
        {{ add_to_date('month', -1, 'year_start_date') }} as base_month
    from {{ ref('int_months') }}
),

targets as (
    select * from {{ ref('int_parameters_in_force') }}
    where parameter_code = 'effective_growth_target' and region_code = '*'
),

counted as (
    select
        branch_id,
        period_month,
        count(*) as customer_count,
        sum(case when is_effective then 1 else 0 end) as effective_count,
        sum(case when is_near_threshold then 1 else 0 end) as near_threshold_count,
        sum(case when is_at_risk then 1 else 0 end) as at_risk_count,
        cast(sum(conversion_factor) as decimal(18, 2)) as converted_count
    from effective_customers
    group by branch_id, period_month
),

compared as (
    select
        counted.*,
        bases.converted_count as base_converted_count,
        targets.value as target_rate,
        {{ rate_of('counted.converted_count - bases.converted_count', 'bases.converted_count') }} as growth_rate
    from counted
    inner join months
        on counted.period_month = months.period_month
    left join targets
        on counted.period_month = targets.period_month
    left join counted as bases
        on
            counted.branch_id = bases.branch_id
            and months.base_month = bases.period_month
),

final as (
    select
        branch_id,
        period_month,
        cast(customer_count as integer) as customer_count,
        cast(effective_count as integer) as effective_count,
        cast(near_threshold_count as integer) as near_threshold_count,
        cast(at_risk_count as integer) as at_risk_count,
        converted_count,
        base_converted_count,
        growth_rate,
        cast(target_rate as decimal(18, 8)) as target_rate,
        case
            when growth_rate is not null
                then
                    cast(
                        row_number() over (
                            partition by period_month
                            order by growth_rate desc nulls last, converted_count desc, branch_id asc
                        ) as integer
                    )
        end as growth_rank,
        case
            when growth_rate is not null
                then
                    ({{ to_cents('converted_count') }} - {{ to_cents('base_converted_count') }}) * 100000000
                    >= {{ to_cents('base_converted_count') }} * {{ to_rate_units('target_rate') }}
        end as meets_target
    from compared
)

select * from final
