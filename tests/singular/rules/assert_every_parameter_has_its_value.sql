-- the bug it looks for: a parameter that a model asks for and that rule_parameters lacks, or has only from a later day on;
-- the names are read from the models, so that a new one cannot be forgotten here
with

first_period as (
    select min(period_end_date) as period_end_date
    from {{ ref('int_months') }}
),

parameters as (
    select
        parameter_code,
        min(in_force_from) as in_force_from
    from {{ ref('int_parameter_spans') }}
    where region_code = '*'
    group by parameter_code
),

used_parameters as (
    {% for name in parameters_read() -%}
    select '{{ name }}' as parameter_code
    union all
    {% endfor -%}
    select parameter_code from parameters
    where parameter_code is null
)

select
    'rule_parameters has no row for parameter ' || used_parameters.parameter_code || ' (region *) in force on '
    || coalesce(cast(first_period.period_end_date as varchar), 'any day') as message
from used_parameters
cross join first_period
left join parameters
    on used_parameters.parameter_code = parameters.parameter_code
where parameters.parameter_code is null or parameters.in_force_from > first_period.period_end_date
