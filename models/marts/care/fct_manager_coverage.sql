-- the span of control is given for each class and, under `*`, for all customers of a manager together
with

organizations as (
    select * from {{ ref('int_organization_months') }}
    where is_active and relationship_manager_id is not null
),

spans as (
    {{ rules_in_force(ref('rule_coverage_spans')) }}
),

month_spans as (
    select
        period_month,
        max(case when class_code = '*' then span_count end) as span,
        max(case when class_code = 'class_1' then span_count end) as class_1_span,
        max(case when class_code = 'class_2' then span_count end) as class_2_span,
        max(case when class_code = 'class_3' then span_count end) as class_3_span
    from spans
    group by period_month
),

counted as (
    select
        relationship_manager_id,
        period_month,
        count(*) as customer_count,
        sum(case when class_code = 'class_1' then 1 else 0 end) as class_1_count,
        sum(case when class_code = 'class_2' then 1 else 0 end) as class_2_count,
        sum(case when class_code = 'class_3' then 1 else 0 end) as class_3_count
    from organizations
    group by relationship_manager_id, period_month
),

judged as (
    select
        counted.*,
        month_spans.span,
        month_spans.class_1_span,
        month_spans.class_2_span,
        month_spans.class_3_span,
        case when counted.class_1_count > month_spans.class_1_span then 'class_1' end as class_1_issue,
        case when counted.class_2_count > month_spans.class_2_span then 'class_2' end as class_2_issue,
        case when counted.class_3_count > month_spans.class_3_span then 'class_3' end as class_3_issue,
        case when counted.customer_count > month_spans.span then 'all_classes' end as total_issue
    from counted
    left join month_spans
        on counted.period_month = month_spans.period_month
),

final as (
    select
        relationship_manager_id,
        {{ concatenated_codes(['class_1_issue', 'class_2_issue', 'class_3_issue', 'total_issue']) }} as over_span_codes,
        period_month,
        cast(customer_count as integer) as customer_count,
        cast(class_1_count as integer) as class_1_count,
        cast(class_2_count as integer) as class_2_count,
        cast(class_3_count as integer) as class_3_count,
        span,
        class_1_span,
        class_2_span,
        class_3_span,
        coalesce(class_1_issue, class_2_issue, class_3_issue, total_issue) is not null as is_over_span
    from judged
)

select * from final
