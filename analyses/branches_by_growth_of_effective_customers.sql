-- Which branches are behind the year's growth of effective customers, and where do their customers slip or wait?
with

branches as (
    select * from {{ ref('fct_effective_branches') }}
),

names as (
    select * from {{ ref('dim_branches') }}
),

newest_month as (
    select max(period_month) as period_month from branches
)

select
    branches.growth_rank,
    branches.branch_id,
    names.branch_name,
    branches.converted_count,
    branches.base_converted_count,
    branches.growth_rate,
    branches.target_rate,
    branches.meets_target,
    branches.at_risk_count,
    branches.near_threshold_count
from branches
inner join newest_month
    on branches.period_month = newest_month.period_month
inner join names
    on branches.branch_id = names.branch_id
order by branches.growth_rank nulls last, branches.branch_id
