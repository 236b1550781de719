{#-
    The one ladder engine: every customer and month with the rung that decides under each scheme judged on `metrics` or on
    `tiers`. Rungs are tried from the best tier down; the first whose metric reaches its bound decides, and so does the first
    whose metric is missing, which leaves the customer unrated with that metric's reason. Of a scheme that takes the worst
    metric each metric has its own ladder: the first missing one decides, else the worst tier. `metric_columns` names the
    columns of `metrics` that rungs may judge.
-#}
{% macro rated_customers(metrics, metric_columns, judged_on) -%}
with

metrics as (
    select * from {{ metrics }}
    where {{ is_needed('period_month') }}
),

ladders as (
    select * from {{ ref('int_customer_ladders') }}
    where judged_on = '{{ judged_on }}' and {{ is_needed('period_month') }}
),

rungs as (
    select * from {{ ref('int_tier_rungs') }}
),

valued as (
    select
        ladders.customer_id,
        ladders.period_month,
        ladders.scheme_code,
        ladders.population_code,
        rungs.ladder_metric_code,
        rungs.metric_code,
        rungs.metric_order,
        rungs.unit,
        rungs.tier_code,
        rungs.tier_rank,
        rungs.lower_bound,
        rungs.upper_bound,
        rungs.region_code as rule_region_code,
        rungs.effective_from as rule_effective_from,
        rungs.approval_reference,
        cast(
            case rungs.metric_code
                {%- for column in metric_columns %}
                when '{{ column }}' then metrics.{{ column }}
                {%- endfor %}
            end as decimal(18, 2)
        ) as metric_value,
        case when rungs.needs_statement then coalesce(metrics.statement_issue, rungs.missing_reason) else rungs.missing_reason end
            as missing_reason
    from ladders
    inner join metrics
        on
            ladders.customer_id = metrics.customer_id
            and ladders.period_month = metrics.period_month
    inner join rungs
        on
            ladders.scheme_code = rungs.scheme_code
            and ladders.population_code = rungs.population_code
            and ladders.ladder_region_code = rungs.region_code
            and ladders.ladder_effective_from = rungs.effective_from
            and ladders.ladder_industry_code = rungs.industry_code
),

decisive as (
    select
        *,
        row_number() over (
            partition by customer_id, period_month, scheme_code, ladder_metric_code
            order by tier_rank, case when metric_value is null then 1 else 0 end, metric_order
        ) as try_number
    from valued
    where metric_value is null or lower_bound is null or metric_value >= lower_bound
),

ranked as (
    select
        *,
        row_number() over (
            partition by customer_id, period_month, scheme_code
            order by
                case when metric_value is null then 0 else 1 end,
                case when metric_value is null then metric_order end,
                tier_rank desc,
                metric_order
        ) as decision_number
    from decisive
    where try_number = 1
),

decided as (
    select * from ranked
    where decision_number = 1
),

-- what is missing to the next better tier, by whichever of its metrics is nearest
next_steps as (
    select
        decided.customer_id,
        decided.period_month,
        decided.scheme_code,
        min(valued.lower_bound - valued.metric_value) as amount_to_next_tier
    from decided
    inner join valued
        on
            decided.customer_id = valued.customer_id
            and decided.period_month = valued.period_month
            and decided.scheme_code = valued.scheme_code
            and decided.ladder_metric_code = valued.ladder_metric_code
            and decided.tier_rank - 1 = valued.tier_rank
    where
        decided.metric_value is not null
        and valued.unit in ('yuan', 'people')
    group by decided.customer_id, decided.period_month, decided.scheme_code
),

final as (
    select
        ladders.customer_id,
        ladders.period_month,
        ladders.scheme_code,
        ladders.population_code,
        case when decided.metric_value is null then 'unrated' else 'rated' end as status,
        case
            when decided.customer_id is null then 'industry_not_covered'
            when decided.metric_value is null then decided.missing_reason
        end as unrated_reason,
        case when decided.metric_value is not null then decided.tier_code end as tier_code,
        case when decided.metric_value is not null then decided.tier_rank end as tier_rank,
        decided.metric_code,
        decided.metric_value,
        case when decided.metric_value is not null then decided.lower_bound end as lower_bound,
        case when decided.metric_value is not null then decided.upper_bound end as upper_bound,
        next_steps.amount_to_next_tier,
        decided.rule_region_code,
        decided.rule_effective_from,
        decided.approval_reference
    from ladders
    left join decided
        on
            ladders.customer_id = decided.customer_id
            and ladders.period_month = decided.period_month
            and ladders.scheme_code = decided.scheme_code
    left join next_steps
        on
            ladders.customer_id = next_steps.customer_id
            and ladders.period_month = next_steps.period_month
            and ladders.scheme_code = next_steps.scheme_code
)

select * from final
{%- endmacro %}
