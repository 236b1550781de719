with

companies as (
    select * from {{ ref('fct_payroll_companies') }}
),

targets as (
    {{ rules_in_force(ref('rule_payroll_targets')) }}
),

members as (
    select
        companies.branch_id,
        companies.period_month,
        targets.population_code,
        companies.payroll_status,
        targets.target_rate,
        targets.effective_from,
        targets.approval_reference,
        case targets.population_code
            when 'all' then 1
            when 'basic_account_and_credit' then case when companies.has_basic_account or companies.is_credit_customer then 1 else 0 end
            when 'new' then case when companies.is_new then 1 else 0 end
        end as member
    from companies
    inner join targets
        on companies.period_month = targets.period_month
),

counted as (
    select
        branch_id,
        period_month,
        population_code,
        target_rate,
        effective_from,
        approval_reference,
        cast(sum(member) as {{ type_exact() }}) as customer_count,
        cast(sum(case when payroll_status = 'opened' then member else 0 end) as {{ type_exact() }}) as opened_count,
        cast(sum(case when payroll_status = 'effective' then member else 0 end) as {{ type_exact() }}) as effective_count
    from members
    group by branch_id, period_month, population_code, target_rate, effective_from, approval_reference
),

measured as (
    select
        *,
        {{ divide_up('customer_count * ' ~ to_rate_units('target_rate'), power_of_ten(8)) }} as target_count
    from counted
),

final as (
    select
        branch_id,
        population_code,
        period_month,
        cast(customer_count as integer) as customer_count,
        cast(opened_count as integer) as opened_count,
        cast(effective_count as integer) as effective_count,
        cast(greatest(target_count - effective_count, 0) as integer) as missing_count,
        {{ rate_of('effective_count', 'customer_count') }} as rate,
        target_rate,
        case when customer_count > 0 then effective_count >= target_count end as meets_target,
        effective_from as rule_effective_from,
        approval_reference
    from measured
)

select * from final
