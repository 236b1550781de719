-- what landing counted and summed while it read the files, against what staging made of every row
with

landed as (
    select
        batch_date,
        extract,
        sum(row_count) as rows_read,
        sum(money_total) as money_read
    from {{ source('landing', 'manifest') }}
    where is_current and batch_date <= {{ as_of_date() }}
    group by batch_date, extract
),

{% for model in base_models() %}
{%- set contract = extract_contract(extract_of(model)) if execute else {} -%}
{%- set money = contract.money or 'cast(null as decimal(18, 2))' -%}
{{ extract_of(model) }} as (
    select
        batch_date,
        '{{ extract_of(model) }}' as extract,
        count(*) filter (where record_status = 'accepted') as rows_accepted,
        count(*) filter (where record_status = 'superseded') as rows_superseded,
        count(*) filter (where record_status = 'quarantined') as rows_quarantined,
        sum({{ money }}) filter (where record_status = 'accepted') as money_accepted,
        sum({{ money }}) filter (where record_status = 'superseded') as money_superseded,
        sum({{ money }}) filter (where record_status = 'quarantined') as money_quarantined
    from {{ ref(verdict_model(model)) }}
    group by batch_date
),

{% endfor -%}

staged as (
    {% for model in base_models() -%}
    select * from {{ extract_of(model) }}
    {%- if not loop.last %}
    union all
    {% endif -%}
    {%- endfor %}
),

counted as (
    select
        landed.batch_date,
        landed.extract,
        cast(landed.rows_read as bigint) as rows_read,
        cast(coalesce(staged.rows_accepted, 0) as bigint) as rows_accepted,
        cast(coalesce(staged.rows_superseded, 0) as bigint) as rows_superseded,
        cast(coalesce(staged.rows_quarantined, 0) as bigint) as rows_quarantined,
        cast(landed.money_read as decimal(38, 2)) as money_read,
        cast(coalesce(staged.money_accepted, 0 * landed.money_read) as decimal(38, 2)) as money_accepted,
        cast(coalesce(staged.money_superseded, 0 * landed.money_read) as decimal(38, 2)) as money_superseded,
        cast(coalesce(staged.money_quarantined, 0 * landed.money_read) as decimal(38, 2)) as money_quarantined
    from landed
    left join staged
        on
            landed.batch_date = staged.batch_date
            and landed.extract = staged.extract
),

final as (
    select
        batch_date,
        extract,
        rows_read,
        rows_accepted,
        rows_superseded,
        rows_quarantined,
        money_read,
        money_accepted,
        money_superseded,
        money_quarantined,
        rows_read = rows_accepted + rows_superseded + rows_quarantined
        and coalesce(money_read = money_accepted + money_superseded + money_quarantined, true) as is_balanced
    from counted
)

select * from final
