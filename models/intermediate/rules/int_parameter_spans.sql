-- a value holds until the next one of its parameter and region; whoever needs the value of a day joins on the span
with

parameters as (
    select * from {{ ref('rule_parameters') }}
),

final as (
    select
        parameter_code,
        region_code,
        effective_from as in_force_from,
        coalesce(
            lead(effective_from) over (partition by parameter_code, region_code order by effective_from),
            cast('9999-12-31' as date)
        ) as in_force_to,
        value
    from parameters
)

select * from final
