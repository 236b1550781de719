{{ config(materialized='monthly') }}
with

profits as (
    select * from {{ ref('fct_customer_profits') }}
),

scores as (
    select
        subject_id as customer_id,
        period_month,
        max(case when score_code = 'bank_value' then score end) as bank_value_score,
        max(case when score_code = 'closeness' then score end) as closeness_score,
        sum(missing_component_count) as missing_component_count
    from {{ ref('fct_scores') }}
    where subject_type = 'customer'
    group by subject_id, period_month
),

subjects as (
    select
        scores.customer_id,
        scores.period_month,
        profits.branch_id,
        profits.profit_contribution_r12_amount,
        profits.is_complete_r12,
        scores.bank_value_score,
        scores.closeness_score,
        scores.missing_component_count
    from scores
    inner join profits
        on
            scores.customer_id = profits.customer_id
            and scores.period_month = profits.period_month
),

value_grouped as (
    {{ graded('subjects', 'value_group', x='profit_contribution_r12_amount', y='bank_value_score') }}
),

classed as (
    {{ graded('subjects', 'customer_class', x='profit_contribution_r12_amount', y='closeness_score') }}
),

final as (
    select
        value_grouped.customer_id,
        value_grouped.branch_id,
        value_grouped.result_code as value_group_code,
        classed.result_code as customer_class_code,
        value_grouped.x_band_code as contribution_band,
        value_grouped.y_band_code as bank_value_band,
        classed.x_band_code as class_contribution_band,
        classed.y_band_code as closeness_band,
        value_grouped.period_month,
        value_grouped.profit_contribution_r12_amount,
        cast(value_grouped.amount_to_next_x_band as decimal(18, 2)) as amount_to_next_contribution_band,
        value_grouped.bank_value_score,
        cast(value_grouped.amount_to_next_y_band as decimal(18, 8)) as score_to_next_bank_value_band,
        value_grouped.closeness_score,
        cast(classed.amount_to_next_y_band as decimal(18, 8)) as score_to_next_closeness_band,
        cast(value_grouped.missing_component_count as integer) as missing_component_count,
        value_grouped.is_complete_r12 as is_complete,
        value_grouped.rule_effective_from as value_group_rule_effective_from,
        value_grouped.approval_reference as value_group_approval_reference,
        classed.rule_effective_from as customer_class_rule_effective_from,
        classed.approval_reference as customer_class_approval_reference
    from value_grouped
    inner join classed
        on
            value_grouped.customer_id = classed.customer_id
            and value_grouped.period_month = classed.period_month
)

select * from final
