-- Which relationship managers have more customers than they can look after, and which customers has nobody?
with

coverage as (
    select * from {{ ref('fct_manager_coverage') }}
),

customers as (
    select * from {{ ref('dim_customers') }}
    where status = 'active' and party_type in ('company', 'institution')
),

newest_month as (
    select max(period_month) as period_month from coverage
),

over_span as (
    select
        'over the span' as why,
        coverage.relationship_manager_id,
        cast(null as varchar) as customer_id,
        coverage.customer_count,
        coverage.span,
        coverage.over_span_codes
    from coverage
    inner join newest_month
        on coverage.period_month = newest_month.period_month
    where coverage.is_over_span
),

unmanaged as (
    select
        'no manager' as why,
        cast(null as varchar) as relationship_manager_id,
        customer_id,
        cast(null as integer) as customer_count,
        cast(null as integer) as span,
        cast(null as varchar) as over_span_codes
    from customers
    where relationship_manager_id is null
)

select * from over_span
union all
select * from unmanaged
order by why desc, relationship_manager_id asc, customer_id asc
