-- the bug it looks for: a longer posting lag that lets a delivery post to a month which was closed the day before
with

lags as (
    select
        cast(value as integer) as lag_days,
        effective_from,
        lag(cast(value as integer)) over (order by effective_from) as previous_lag_days
    from {{ ref('rule_parameters') }}
    where parameter_code = 'posting_lag_days' and region_code = '*'
)

select
    'rule_parameters: posting_lag_days ' || cast(lag_days as varchar) || ' from ' || cast(effective_from as varchar)
    || ' opens a month again that was closed the day before; begin it later in the month' as message
from lags
where
    {{ month_of(add_to_date('day', '-lag_days', 'effective_from')) }}
    < {{ month_of(add_to_date('day', '-previous_lag_days - 1', 'effective_from')) }}
