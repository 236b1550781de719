-- the parameters of the profit formula, one column each
with

parameters as (
    select * from {{ ref('int_parameters_in_force') }}
),

final as (
    select
        period_month,
        region_code,
        max(case when parameter_code = 'interest_day_count' then cast(value as integer) end) as interest_day_count,
        max(case when parameter_code = 'capital_day_count' then cast(value as integer) end) as capital_day_count,
        max(case when parameter_code = 'capital_ratio' then value end) as capital_ratio,
        max(case when parameter_code = 'cost_of_capital' then value end) as cost_of_capital,
        max(case when parameter_code = 'tax_rate' then value end) as tax_rate,
        -- 1 expected loss, 2 change of the required provision
        max(case when parameter_code = 'credit_cost_method' then cast(value as integer) end) as credit_cost_method
    from parameters
    group by period_month, region_code
)

select * from final
