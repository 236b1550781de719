with

differences as (
    select * from {{ ref('int_ledger_differences') }}
),

posting_lags as (
    select * from {{ ref('rule_parameters') }}
    where parameter_code = 'posting_lag_days' and region_code = '*'
),

dated as (
    select
        differences.*,
        cast(posting_lags.value as integer) as posting_lag_days,
        row_number() over (
            partition by
                differences.referral_id, differences.recorded_date, differences.department_id, differences.role,
                differences.product_code, differences.sold_date
            order by posting_lags.effective_from desc
        ) as rule_age
    from differences
    inner join posting_lags
        on differences.recorded_date >= posting_lags.effective_from
),

posted as (
    select
        *,
        -- a delivery some days late still posts to its month; a closed month never changes
        greatest(
            {{ month_of('sold_date') }},
            {{ month_of(add_to_date('day', '-posting_lag_days', 'recorded_date')) }}
        ) as posted_month
    from dated
    where rule_age = 1
),

final as (
    select
        md5(
            referral_id || '|' || department_id || '|' || role || '|' || product_code || '|' || cast(sold_date as varchar)
            || '|' || cast(recorded_date as varchar) || '|' || entry_type || '|' || reason_code || '|' || cast(posted_month as varchar)
            || '|' || cast(points as varchar) || '|' || cast(quantity as varchar) || '|' || cast(rule_effective_from as varchar)
        ) as entry_id,
        referral_id,
        department_id,
        role,
        entry_type,
        reason_code,
        product_code,
        posted_month,
        sold_date,
        recorded_date,
        cast(points as decimal(18, 2)) as points,
        cast(quantity as decimal(18, 2)) as quantity,
        rule_effective_from
    from posted
)

select * from final
