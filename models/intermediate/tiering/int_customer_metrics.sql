{{ config(materialized='monthly') }}
-- everything a ladder can judge a customer by, and marketing criteria an organization; an empty value is missing, never zero.
-- Most customers are persons, of whom neither asks anything
with

customer_months as (
    select * from {{ ref('int_customer_months_spined') }}
),

segments as (
    select * from {{ ref('fct_customer_segments') }}
),

facts as (
    select * from {{ ref('fct_customer_months') }}
),

statements as (
    select * from {{ ref('int_statements_in_force') }}
    where {{ is_needed('period_month') }}
),

strategic_customers as (
    select * from {{ ref('int_strategic_customers') }}
    where {{ is_needed('period_month') }}
),

limits as (
    select * from {{ ref('int_small_enterprise_limits') }}
    where {{ is_needed('period_month') }}
),

admin_levels as (
    {{ rules_in_force(ref('rule_admin_level_ranks')) }}
),

judged_markets as (
    select market_type from {{ ref('rule_populations') }}
    group by market_type
),

judged as (
    select
        customer_months.*,
        segments.segment_code,
        segments.market_type
    from customer_months
    inner join segments
        on
            customer_months.customer_id = segments.customer_id
            and customer_months.period_month = segments.period_month
    left join judged_markets
        on segments.market_type = judged_markets.market_type
    where judged_markets.market_type is not null or customer_months.party_type in ('company', 'institution')
),

joined as (
    select
        judged.customer_id,
        judged.period_month,
        judged.party_type,
        judged.industry_code,
        judged.region_code,
        judged.segment_code,
        judged.market_type,
        facts.is_credit_customer,
        statements.statement_date,
        case
            when statements.customer_id is null then 'no_statement'
            when statements.is_too_old then 'statement_too_old'
        end as statement_issue,
        case when strategic_customers.customer_id is not null then 1 else 0 end as strategic_mark,
        coalesce(case when not statements.is_too_old then statements.employees end, judged.employees) as employees,
        case when not statements.is_too_old then statements.revenue end as revenue,
        case when not statements.is_too_old then statements.total_assets end as total_assets,
        coalesce(own_limits.revenue_limit, limits.revenue_limit) as revenue_limit,
        coalesce(own_limits.total_assets_limit, limits.total_assets_limit) as total_assets_limit,
        judged.registered_capital,
        admin_levels.level_rank as admin_level_rank,
        facts.deposit_balance,
        facts.deposit_average_balance,
        facts.deposit_average_balance_ytd,
        facts.deposit_average_balance_r12,
        facts.loan_balance,
        facts.loan_average_balance,
        facts.loan_average_balance_ytd,
        facts.loan_average_balance_r12,
        facts.credit_line_amount
    from judged
    inner join facts
        on
            judged.customer_id = facts.customer_id
            and judged.period_month = facts.period_month
    left join statements
        on
            judged.customer_id = statements.customer_id
            and judged.period_month = statements.period_month
    left join strategic_customers
        on
            judged.customer_id = strategic_customers.customer_id
            and judged.period_month = strategic_customers.period_month
    left join limits
        on
            judged.period_month = limits.period_month
            and limits.industry_code = '*'
    left join limits as own_limits
        on
            judged.period_month = own_limits.period_month
            and judged.industry_code = own_limits.industry_code
    left join admin_levels
        on
            judged.period_month = admin_levels.period_month
            and judged.admin_level = admin_levels.admin_level
),

final as (
    select
        customer_id,
        period_month,
        party_type,
        industry_code,
        region_code,
        segment_code,
        market_type,
        is_credit_customer,
        statement_date,
        statement_issue,
        strategic_mark,
        employees,
        revenue,
        total_assets,
        -- how far both limits are exceeded; total assets are looked at only where revenue is above its limit
        case
            when revenue <= revenue_limit then revenue - revenue_limit
            when revenue > revenue_limit and total_assets is not null
                then least(revenue - revenue_limit, total_assets - total_assets_limit)
        end as small_enterprise_margin,
        registered_capital,
        admin_level_rank,
        deposit_balance,
        deposit_average_balance,
        deposit_average_balance_ytd,
        deposit_average_balance_r12,
        loan_balance,
        loan_average_balance,
        loan_average_balance_ytd,
        loan_average_balance_r12,
        credit_line_amount
    from joined
)

select * from final
