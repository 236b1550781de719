-- the parent's branch is host, else the one with the largest exposure; the others assist
with

members as (
    select * from {{ ref('int_group_members') }}
),

branches as (
    select
        group_id,
        branch_id,
        period_month,
        sum(exposure_amount) as exposure_amount,
        sum(deposit_average_balance_r12) as deposit_average_balance_r12,
        count(*) as member_count,
        max(case when group_role = 'parent' then 1 else 0 end) as parent_mark
    from members
    group by group_id, branch_id, period_month
),

ranked as (
    select
        *,
        row_number() over (
            partition by group_id, period_month
            order by parent_mark desc, exposure_amount desc, deposit_average_balance_r12 desc, branch_id asc
        ) as branch_rank
    from branches
),

final as (
    select
        group_id,
        branch_id,
        case when branch_rank = 1 then 'host' else 'assist' end as role,
        period_month,
        cast(exposure_amount as decimal(18, 2)) as exposure_amount,
        cast(member_count as integer) as member_count,
        parent_mark = 1 as has_parent
    from ranked
)

select * from final
