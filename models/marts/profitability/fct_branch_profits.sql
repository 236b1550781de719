-- what the customers of a branch and of all branches below it contributed
{%- set terms = [
    'loan_transfer_amount', 'deposit_transfer_amount', 'net_fee_amount', 'capital_cost_amount', 'operating_cost_amount',
    'credit_cost_amount', 'revenue_amount', 'profit_contribution_amount', 'profit_contribution_r12_amount',
    'economic_capital_amount',
] %}
with

months as (
    select * from {{ ref('int_months') }}
),

ancestors as (
    select * from {{ ref('int_branch_ancestors') }}
),

own as (
    select
        branch_id,
        period_month,
        {%- for term in terms %}
        sum({{ term }}) as {{ term }},
        {%- endfor %}
        count(*) as customer_count
    from {{ ref('fct_customer_profits') }}
    group by branch_id, period_month
),

unallocated as (
    select
        branch_id,
        period_month,
        sum(amount) as unallocated_cost_amount
    from {{ ref('fct_unallocated_costs') }}
    group by branch_id, period_month
),

final as (
    select
        ancestors.ancestor_id as branch_id,
        months.period_month,
        {%- for term in terms %}
        cast(coalesce(sum(own.{{ term }}), 0) as decimal(18, 2)) as {{ term }},
        {%- endfor %}
        cast(
            coalesce(sum(case when ancestors.distance = 0 then own.profit_contribution_amount end), 0) as decimal(18, 2)
        ) as own_profit_contribution_amount,
        cast(coalesce(sum(unallocated.unallocated_cost_amount), 0) as decimal(18, 2)) as unallocated_cost_amount,
        cast(coalesce(sum(own.customer_count), 0) as integer) as customer_count
    from months
    cross join ancestors
    left join own
        on
            months.period_month = own.period_month
            and ancestors.branch_id = own.branch_id
    left join unallocated
        on
            months.period_month = unallocated.period_month
            and ancestors.branch_id = unallocated.branch_id
    group by ancestors.ancestor_id, months.period_month
)

select * from final
