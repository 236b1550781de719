-- every rung of every ladder; the statistical standard's indicators are ladders like the others, one per indicator
with

ladders as (
    select * from {{ ref('rule_tier_ladders') }}
),

indicators as (
    select * from {{ ref('rule_sme_indicators') }}
),

schemes as (
    select * from {{ ref('ref_tier_schemes') }}
),

metrics as (
    select * from {{ ref('ref_metrics') }}
),

statistical_ladders as (
    {% for tier in ['large', 'medium', 'small', 'micro'] -%}
    select
        'statistical_size' as scheme_code,
        'company' as population_code,
        industry_code,
        '*' as region_code,
        effective_from,
        indicator as metric_code,
        '{{ tier }}' as tier_code,
        {{ loop.index }} as tier_rank,
        {{ tier ~ '_from' if not loop.last else 'cast(null as decimal(18, 2))' }} as lower_bound,
        approval_reference
    from indicators
    {% if not loop.last -%}
    union all
    {% endif -%}
    {%- endfor %}
),

rungs as (
    select
        scheme_code,
        population_code,
        industry_code,
        region_code,
        effective_from,
        metric_code,
        tier_code,
        tier_rank,
        lower_bound,
        approval_reference
    from ladders
    union all
    select * from statistical_ladders
),

final as (
    select
        rungs.scheme_code,
        rungs.population_code,
        rungs.industry_code,
        rungs.region_code,
        rungs.effective_from,
        rungs.metric_code,
        rungs.tier_code,
        rungs.tier_rank,
        rungs.lower_bound,
        -- bounds are derived, never typed: a gap or an overlap cannot be written down
        min(rungs.lower_bound) over (
            partition by
                rungs.scheme_code, rungs.population_code, rungs.industry_code, rungs.region_code, rungs.effective_from,
                rungs.metric_code
            order by rungs.tier_rank desc
            rows between 1 following and unbounded following
        ) as upper_bound,
        rungs.approval_reference,
        schemes.judged_on,
        -- a scheme that takes the worst metric has a ladder per metric, the others have one
        case when schemes.combination = 'worst_metric' then rungs.metric_code else '*' end as ladder_metric_code,
        metrics.metric_order,
        metrics.unit,
        metrics.needs_statement,
        metrics.missing_reason
    from rungs
    left join schemes
        on rungs.scheme_code = schemes.scheme_code
    left join metrics
        on rungs.metric_code = metrics.metric_code
)

select * from final
