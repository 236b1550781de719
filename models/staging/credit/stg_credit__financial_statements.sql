with

records as (
    select * from {{ ref('base_credit__financial_statements') }}
),

final as (
    select
        customer_id,
        statement_date,
        period_type,
        total_assets,
        revenue,
        net_profit,
        net_assets,
        employees,
        is_audited,
        batch_date,
        accepted_date
    from records
    where record_status = 'accepted'
)

select * from final
