-- only names that say they are an organization's, and nothing like a document's number: a payer may be a person, who must not be shown
with

flows as (
    select
        *,
        {{ normalised_name('counterparty_name') }} as name_key
    from {{ ref('stg_core__counterparty_flows') }}
    where
        flow_date <= {{ as_of_date() }}
        and counterparty_customer_id is null
        and counterparty_name is not null
),

months as (
    select * from {{ ref('int_months') }}
    where period_end_date = {{ as_of_date() }}
),

words as (
    select * from {{ ref('ref_organization_words') }}
),

customers as (
    select {{ normalised_name('customer_name') }} as name_key
    from {{ ref('stg_core__customers') }}
    where party_type <> 'individual' and customer_name is not null
    group by {{ normalised_name('customer_name') }}
),

branches as (
    select {{ normalised_name('branch_name') }} as name_key
    from {{ ref('stg_org__branches') }}
    where branch_name is not null
    group by {{ normalised_name('branch_name') }}
),

prospects as (
    select
        {{ normalised_name('customer_name') }} as name_key,
        min(prospect_id) as prospect_id
    from {{ ref('stg_crm__prospects') }}
    group by {{ normalised_name('customer_name') }}
),

flow_names as (
    select name_key
    from flows
    group by name_key
),

names as (
    select flow_names.name_key
    from flow_names
    inner join words
        on flow_names.name_key like '%' || words.word || '%'
    left join customers
        on flow_names.name_key = customers.name_key
    left join branches
        on flow_names.name_key = branches.name_key
    where
        customers.name_key is null
        and branches.name_key is null
        -- a number of a document or a telephone, whatever stands between its digits
        and not {{ matches_pattern('flow_names.name_key', '.*[0-9０-９]([^0-9０-９]?[0-9０-９]){10}.*') }}
    group by flow_names.name_key
),

by_customer as (
    select
        flows.name_key,
        flows.customer_id,
        min(flows.counterparty_name) as counterparty_name,
        max(flows.flow_date) as last_flow_date,
        max(case when flows.direction = 'out' then 1 else 0 end) as payer,
        max(case when flows.direction = 'in' then 1 else 0 end) as payee,
        sum(case when flows.direction = 'in' then flows.amount else 0 end) as in_amount,
        sum(case when flows.direction = 'out' then flows.amount else 0 end) as out_amount,
        row_number() over (
            partition by flows.name_key
            order by sum(flows.amount) desc, flows.customer_id asc
        ) as business_rank
    from flows
    inner join names
        on flows.name_key = names.name_key
    inner join months
        on flows.flow_date >= months.r12_start_date
    group by flows.name_key, flows.customer_id
),

counted as (
    select
        name_key,
        max(case when business_rank = 1 then customer_id end) as introducer_customer_id,
        min(counterparty_name) as counterparty_name,
        max(last_flow_date) as last_flow_date,
        count(*) as customer_count,
        sum(payer) as payer_count,
        sum(payee) as payee_count,
        sum(in_amount) as in_amount,
        sum(out_amount) as out_amount
    from by_customer
    group by name_key
),

final as (
    select
        md5(counted.name_key) as counterparty_key,
        counted.introducer_customer_id,
        prospects.prospect_id,
        counted.counterparty_name,
        counted.last_flow_date,
        cast(counted.customer_count as integer) as customer_count,
        cast(counted.payer_count as integer) as payer_count,
        cast(counted.payee_count as integer) as payee_count,
        cast(counted.in_amount as decimal(18, 2)) as in_amount,
        cast(counted.out_amount as decimal(18, 2)) as out_amount,
        cast(
            row_number() over (
                order by counted.customer_count desc, counted.in_amount + counted.out_amount desc, counted.name_key asc
            ) as integer
        ) as prospect_rank
    from counted
    left join prospects
        on counted.name_key = prospects.name_key
)

select * from final
