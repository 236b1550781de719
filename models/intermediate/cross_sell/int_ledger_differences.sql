{{ config(materialized='view') }}
-- what each change of a referral adds to the ledger: its state then, less its state before
with

states as (
    select
        *,
        lag(recorded_date) over (partition by referral_id order by recorded_date) as previous_date,
        lag(void_reason) over (partition by referral_id order by recorded_date) as previous_void_reason,
        max(case when void_reason is null then 1 else 0 end) over (
            partition by referral_id order by recorded_date
            rows between unbounded preceding and 1 preceding
        ) as earned_before
    from {{ ref('int_referral_states') }}
),

lines as (
    select * from {{ ref('int_referral_lines') }}
),

signed_lines as (
    select
        states.referral_id,
        states.recorded_date,
        lines.department_id,
        lines.role,
        lines.product_code,
        lines.sold_date,
        lines.rule_effective_from,
        lines.points,
        lines.quantity,
        1 as is_current
    from states
    inner join lines
        on
            states.referral_id = lines.referral_id
            and states.recorded_date = lines.recorded_date
    union all
    select
        states.referral_id,
        states.recorded_date,
        lines.department_id,
        lines.role,
        lines.product_code,
        lines.sold_date,
        lines.rule_effective_from,
        -lines.points as points,
        -lines.quantity as quantity,
        0 as is_current
    from states
    inner join lines
        on
            states.referral_id = lines.referral_id
            and states.previous_date = lines.recorded_date
),

summed as (
    select
        referral_id,
        recorded_date,
        department_id,
        role,
        product_code,
        sold_date,
        coalesce(max(case when is_current = 1 then rule_effective_from end), max(rule_effective_from)) as rule_effective_from,
        cast(sum(points) as decimal(18, 2)) as points,
        cast(sum(quantity) as decimal(18, 2)) as quantity
    from signed_lines
    group by referral_id, recorded_date, department_id, role, product_code, sold_date
),

final as (
    select
        summed.referral_id,
        summed.recorded_date,
        summed.department_id,
        summed.role,
        summed.product_code,
        summed.sold_date,
        summed.rule_effective_from,
        summed.points,
        summed.quantity,
        case
            when states.void_reason is not null then 'reversal'
            when states.previous_date is null or states.previous_void_reason is not null then 'award'
            else 'adjustment'
        end as entry_type,
        case
            when states.void_reason is not null then states.void_reason
            when states.previous_date is not null and states.previous_void_reason is null then 'corrected'
            when states.earned_before = 1 then 'reinstated'
            else 'confirmed'
        end as reason_code
    from summed
    inner join states
        on
            summed.referral_id = states.referral_id
            and summed.recorded_date = states.recorded_date
    where
        summed.points <> 0
        or summed.quantity <> 0
        or (states.void_reason is null and (states.previous_date is null or states.previous_void_reason is not null))
)

select * from final
