with

differences as (
    select * from {{ ref('int_ledger_differences') }}
),

posting_lags as (
    select * from {{ ref('int_parameter_spans') }}
    where parameter_code = 'posting_lag_days' and region_code = '*'
),

dated as (
    select
        differences.*,
        cast(posting_lags.value as integer) as posting_lag_days
    from differences
    inner join posting_lags
        on
            {{ in_force('posting_lags', 'differences.recorded_date') }}
),

posted as (
    select
        *,
        {{ posted_month('sold_date', 'recorded_date', 'posting_lag_days') }} as posted_month
    from dated
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
