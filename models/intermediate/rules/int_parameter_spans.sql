-- a value holds until the next one of its parameter and region; whoever needs the value of a day joins on the span
with

given as (
    select * from {{ ref('rule_parameters') }}
),

defaults as (
    select * from {{ ref('rule_parameter_defaults') }}
),

parameters as (
    select
        parameter_code,
        region_code,
        effective_from,
        value,
        approval_reference
    from given
    union all
    select
        parameter_code,
        region_code,
        effective_from,
        value,
        approval_reference
    from defaults
    where
        not exists (
            select 1
            from given
            where
                given.parameter_code = defaults.parameter_code
                and given.region_code = defaults.region_code
                and given.effective_from <= defaults.effective_from
        )
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
        value,
        approval_reference
    from parameters
)

select * from final
