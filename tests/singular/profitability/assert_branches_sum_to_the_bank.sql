-- the bug it looks for: a customer whose branch the tree does not reach, or one counted on two ways up
{%- set terms = [
    'loan_transfer_amount', 'deposit_transfer_amount', 'net_fee_amount', 'capital_cost_amount', 'operating_cost_amount',
    'credit_cost_amount', 'profit_contribution_amount', 'economic_capital_amount',
] %}
with

profits as (
    select * from {{ ref('fct_branch_profits') }}
),

branches as (
    select * from {{ ref('dim_branches') }}
),

customers as (
    select
        period_month,
        {%- for term in terms %}
        sum({{ term }}) as {{ term }}{% if not loop.last %},{% endif %}
        {%- endfor %}
    from {{ ref('fct_customer_profits') }}
    group by period_month
),

roots as (
    select
        profits.period_month,
        {%- for term in terms %}
        sum(profits.{{ term }}) as {{ term }}{% if not loop.last %},{% endif %}
        {%- endfor %}
    from profits
    inner join branches
        on profits.branch_id = branches.branch_id
    where branches.parent_branch_id is null
    group by profits.period_month
),

children as (
    select
        branches.parent_branch_id as branch_id,
        profits.period_month,
        sum(profits.profit_contribution_amount) as profit_contribution_amount
    from profits
    inner join branches
        on profits.branch_id = branches.branch_id
    where branches.parent_branch_id is not null
    group by branches.parent_branch_id, profits.period_month
)

select
    'bank' as branch_id,
    customers.period_month
from customers
left join roots
    on customers.period_month = roots.period_month
where
    roots.period_month is null
    {%- for term in terms %}
    or customers.{{ term }} <> roots.{{ term }}
    {%- endfor %}
union all
select
    profits.branch_id,
    profits.period_month
from profits
left join children
    on
        profits.branch_id = children.branch_id
        and profits.period_month = children.period_month
where
    profits.profit_contribution_amount
    <> profits.own_profit_contribution_amount + coalesce(children.profit_contribution_amount, 0)
