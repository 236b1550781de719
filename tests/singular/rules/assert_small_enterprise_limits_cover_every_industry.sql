-- the bug it looks for: small-enterprise limits for some industries only, or from a later day on, so that nobody is medium
with

first_period as (
    select min(period_end_date) as period_end_date
    from {{ ref('int_months') }}
),

limits as (
    select min(effective_from) as effective_from
    from {{ ref('rule_small_enterprise_limits') }}
    where industry_code = '*'
)

select
    'rule_small_enterprise_limits has no row for every other industry (*) in force on '
    || coalesce(cast(first_period.period_end_date as varchar), 'any day') as message
from first_period
cross join limits
where limits.effective_from is null or limits.effective_from > first_period.period_end_date
