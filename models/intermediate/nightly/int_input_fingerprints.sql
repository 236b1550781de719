-- What the extracts say of every month, as a number. A row counts in the first month that it can change: an event in its own, an
-- end in the month of the end, a version in the month of its batch, the first version of anything in its first month. What a
-- month's tables hold follows from the rows of that month and of those before it.
{%- set spans = {
    'stg_credit__credit_lines': ['credit_line_id'], 'stg_crm__customer_tags': ['customer_id', 'tag_code'],
    'stg_crm__customer_relationships': ['organization_customer_id', 'person_customer_id', 'relation_type'],
} -%}
{%- set versions = {
    'stg_core__customers': 'customer_id', 'stg_core__accounts': 'account_id', 'stg_credit__loans': 'loan_id',
    'stg_core__product_holdings': 'holding_id',
} -%}
{%- set beginning = "cast('0001-01-01' as date)" %}
with

-- what the newest version says of all months: when a thing begins and when it ends
newest_accounts as (
    select * from {{ ref('stg_core__accounts') }}
    where {{ is_newest() }}
),

newest_loans as (
    select * from {{ ref('stg_credit__loans') }}
    where {{ is_newest() }}
),

newest_holdings as (
    select * from {{ ref('stg_core__product_holdings') }}
    where {{ is_newest() }}
),

first_deposit_balances as (
    select
        account_id,
        min(balance_date) as balance_date
    from {{ ref('stg_core__deposit_balances') }}
    group by account_id
),

first_loan_balances as (
    select
        loan_id,
        min(balance_date) as balance_date
    from {{ ref('stg_credit__loan_balances') }}
    group by loan_id
),

customers_dated as (
    select
        customer_id,
        first_month as first_date,
        cast(null as date) as balance_date,
        cast(null as date) as end_date,
        {{ fingerprint(['customer_id', 'first_month']) }} as fingerprint
    from {{ ref('int_customer_first_months') }}
),

accounts_dated as (
    select
        accounts.account_id,
        accounts.opened_date as first_date,
        balances.balance_date,
        accounts.closed_date as end_date,
        {{ fingerprint(['accounts.account_id', 'accounts.opened_date']) }} as fingerprint
    from newest_accounts as accounts
    left join first_deposit_balances as balances
        on accounts.account_id = balances.account_id
),

-- the term of a loan, and so its price in every month, follows from its maturity
loans_dated as (
    select
        loans.loan_id,
        loans.start_date as first_date,
        balances.balance_date,
        cast(null as date) as end_date,
        {{ fingerprint(['loans.loan_id', 'loans.start_date', 'loans.maturity_date']) }} as fingerprint
    from newest_loans as loans
    left join first_loan_balances as balances
        on loans.loan_id = balances.loan_id
),

product_holdings_dated as (
    select
        holding_id,
        signed_date as first_date,
        cast(null as date) as balance_date,
        ended_date as end_date,
        {{ fingerprint(['holding_id', 'signed_date']) }} as fingerprint
    from newest_holdings
),

-- an account or loan whose first balance is older than itself is priced on a day that is still to come then
priced_ahead as (
    select
        first_date,
        balance_date
    from accounts_dated
    where balance_date < first_date
    union all
    select
        first_date,
        balance_date
    from loans_dated
    where balance_date < first_date
),

curve_dates as (
    select curve_date
    from {{ ref('stg_finance__ftp_curves') }}
    group by curve_date
),

curves_dated as (
    select
        curve_dates.curve_date,
        least(curve_dates.curve_date, min(priced_ahead.balance_date)) as first_date
    from curve_dates
    left join priced_ahead
        on curve_dates.curve_date <= priced_ahead.first_date
    group by curve_dates.curve_date
),

facts as (
    {%- for model, column in event_dates().items() %}
    {%- set extract = model.split('__')[1] %}
    select
        '{{ extract }}' as extract_name,
        {{ column }} as fact_date,
        {{ row_fingerprint(extract) }} as fingerprint
    from {{ ref(model) }}
    union all
    {%- endfor %}
    {%- for model, keys in spans.items() %}
    {%- set extract = model.split('__')[1] %}
    select
        '{{ extract }}' as extract_name,
        valid_from as fact_date,
        {{ row_fingerprint(extract, ends=['valid_to']) }} as fingerprint
    from {{ ref(model) }}
    union all
    select
        '{{ extract }}' as extract_name,
        valid_to as fact_date,
        {{ fingerprint(keys + ['valid_to']) }} as fingerprint
    from {{ ref(model) }}
    where valid_to is not null
    union all
    {%- endfor %}
    {%- for model, key in versions.items() %}
    {%- set extract = model.split('__')[1] %}
    select
        '{{ extract }}' as extract_name,
        case
            when versions.in_force_from > {{ beginning }} then versions.in_force_from
            else least(dated.first_date, dated.balance_date)
        end as fact_date,
        versions.fingerprint
    from (
        select
            versions.{{ key }},
            versions.in_force_from,
            {{ row_fingerprint(extract) }} as fingerprint
        from {{ ref(model) }} as versions
    ) as versions
    left join {{ extract }}_dated as dated
        on versions.{{ key }} = dated.{{ key }}
    union all
    select
        '{{ extract }}' as extract_name,
        least(first_date, balance_date) as fact_date,
        fingerprint
    from {{ extract }}_dated
    union all
    select
        '{{ extract }}' as extract_name,
        end_date as fact_date,
        {{ fingerprint([key, 'end_date']) }} as fingerprint
    from {{ extract }}_dated
    where end_date is not null
    union all
    {%- endfor %}
    select
        'ftp_curves' as extract_name,
        curves_dated.first_date as fact_date,
        curves.fingerprint
    from (
        select
            curve_date,
            {{ row_fingerprint('ftp_curves') }} as fingerprint
        from {{ ref('stg_finance__ftp_curves') }}
    ) as curves
    inner join curves_dated
        on curves.curve_date = curves_dated.curve_date
    union all
    -- the tree of branches is seldom changed, and then for all months
    select
        'branches' as extract_name,
        cast(null as date) as fact_date,
        {{ fingerprint(['branch_id', 'batch_date', 'parent_branch_id', 'branch_level', 'city_code', 'region_code']) }} as fingerprint
    from {{ ref('stg_org__branches') }}
    union all
    select
        'as_of_date' as extract_name,
        {{ as_of_date() }} as fact_date,
        {{ fingerprint([as_of_date()]) }} as fingerprint
),

final as (
    select
        extract_name,
        coalesce({{ month_of('fact_date') }}, {{ beginning }}) as period_month,
        sum(fingerprint) as fingerprint,
        count(*) as row_count
    from facts
    group by extract_name, coalesce({{ month_of('fact_date') }}, {{ beginning }})
)

select * from final
