{{ config(materialized='monthly') }}
-- four conditions, each judged on its own; the rung is what the balances hold, whatever the others say
with

organizations as (
    select * from {{ ref('int_organization_months') }}
    where {{ is_needed('period_month') }}
),

parameters as (
    select
        period_month,
        region_code,
        max(case when parameter_code = 'free_products_required' then value end) as free_products_required,
        max(case when parameter_code = 'near_threshold_rate' then value end) as near_threshold_rate
    from {{ ref('int_parameters_in_force') }}
    group by period_month, region_code
),

rungs as (
    {{ rules_in_force(ref('rule_effective_rungs')) }}
),

ladder as (
    select
        *,
        lead(rung_code) over (partition by period_month order by lower_bound) as next_rung_code,
        lead(lower_bound) over (partition by period_month order by lower_bound) as upper_bound,
        row_number() over (partition by period_month order by lower_bound) as rung_number
    from rungs
),

-- whoever is below the lowest rung stands on none, with the lowest as his next
bands as (
    select
        period_month,
        rung_code,
        next_rung_code,
        conversion_factor,
        lower_bound,
        upper_bound,
        effective_from,
        approval_reference
    from ladder
    union all
    select
        period_month,
        cast(null as varchar) as rung_code,
        rung_code as next_rung_code,
        0 as conversion_factor,
        cast(null as decimal(18, 2)) as lower_bound,
        lower_bound as upper_bound,
        effective_from,
        approval_reference
    from ladder
    where rung_number = 1
),

judged as (
    select
        organizations.*,
        bands.rung_code,
        bands.next_rung_code,
        bands.conversion_factor,
        bands.lower_bound,
        bands.upper_bound,
        bands.effective_from,
        bands.approval_reference,
        parameters.near_threshold_rate,
        case when not organizations.is_active then 'customer_closed' end as status_issue,
        case when organizations.active_account_count = 0 then 'no_active_account' end as account_issue,
        case when organizations.free_product_count < parameters.free_products_required then 'too_few_free_products' end as product_issue,
        case when bands.rung_code is null then 'balance_below_rungs' end as balance_issue
    from organizations
    left join parameters
        on
            organizations.period_month = parameters.period_month
            and coalesce(organizations.region_code, '*') = parameters.region_code
    left join bands
        on
            organizations.period_month = bands.period_month
            and {{ in_band('organizations.average_balance_ytd', 'bands.lower_bound', 'bands.upper_bound') }}
),

final as (
    select
        customer_id,
        branch_id,
        relationship_manager_id,
        rung_code,
        next_rung_code,
        {{ concatenated_codes(['status_issue', 'account_issue', 'product_issue', 'balance_issue']) }} as failed_conditions,
        period_month,
        average_balance,
        average_balance_ytd,
        cast(active_account_count as integer) as active_account_count,
        cast(free_product_count as integer) as free_product_count,
        cast(
            case
                when coalesce(status_issue, account_issue, product_issue, balance_issue) is null then conversion_factor
                else 0
            end as decimal(9, 2)
        ) as conversion_factor,
        coalesce(status_issue, account_issue, product_issue, balance_issue) is null as is_effective,
        is_active and coalesce(
            {{ to_cents('average_balance_ytd') }} * 100000000
            >= {{ to_cents('upper_bound') }} * (100000000 - {{ to_rate_units('near_threshold_rate') }}),
            false
        ) as is_near_threshold,
        is_active and coalesce(average_balance < lower_bound, false) as is_at_risk,
        lower_bound,
        upper_bound,
        upper_bound - average_balance_ytd as amount_to_next_rung,
        case when is_active and average_balance < lower_bound then lower_bound - average_balance end as amount_to_keep_rung,
        effective_from as rule_effective_from,
        approval_reference
    from judged
)

select * from final
