-- a department that the bank does not have leaves its criteria to every department of its line
with

evidence as (
    select * from {{ ref('int_marketing_evidence') }}
),

metrics as (
    select * from {{ ref('int_customer_metrics') }}
),

criteria as (
    {{ rules_in_force(ref('rule_marketing_criteria')) }}
),

departments as (
    select * from {{ ref('dim_departments') }}
),

addressed as (
    select
        criteria.*,
        departments.department_id as named_department_id
    from criteria
    left join departments
        on
            criteria.department_id = departments.department_id
            and criteria.business_line = departments.business_line
),

met as (
    select
        addressed.business_line,
        addressed.named_department_id,
        addressed.criterion_code,
        evidence.customer_id,
        evidence.period_month
    from evidence
    inner join addressed
        on
            evidence.period_month = addressed.period_month
            and evidence.evidence_kind = addressed.evidence_kind
            and evidence.evidence_value = addressed.evidence_value
    inner join metrics
        on
            evidence.customer_id = metrics.customer_id
            and evidence.period_month = metrics.period_month
    where
        addressed.metric_code is null
        or addressed.lower_bound <= case addressed.metric_code
            {% for metric in ['credit_line_amount', 'revenue', 'total_assets', 'registered_capital', 'deposit_balance', 'loan_balance'] -%}
            when '{{ metric }}' then metrics.{{ metric }}
            {% endfor -%}
            when 'employees' then cast(metrics.employees as decimal(18, 2))
        end
),

targeted as (
    select
        departments.department_id,
        met.customer_id,
        met.period_month,
        met.criterion_code
    from met
    inner join departments
        on
            met.business_line = departments.business_line
            and departments.department_id = coalesce(met.named_department_id, departments.department_id)
    group by departments.department_id, met.customer_id, met.period_month, met.criterion_code
),

final as (
    select
        department_id,
        customer_id,
        {{ sorted_codes('criterion_code') }} as criterion_codes,
        period_month,
        cast(count(*) as integer) as criterion_count
    from targeted
    group by department_id, customer_id, period_month
)

select * from final
