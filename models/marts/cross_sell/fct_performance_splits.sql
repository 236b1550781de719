-- the claims on a customer's results in force at the end of every month; what nobody approved, or sums to more than the
-- whole, is flagged and shares nothing
with

claims as (
    select * from {{ ref('stg_crm__performance_claims') }}
),

customer_months as (
    select * from {{ ref('int_customer_months_spined') }}
),

branches as (
    select * from {{ ref('stg_org__branches') }}
),

share_tolerances as (
    select * from {{ ref('int_parameter_spans') }}
    where parameter_code = 'share_tolerance' and region_code = '*'
),

dated_claims as (
    select
        customer_months.customer_id,
        customer_months.period_month,
        customer_months.period_end_date,
        customer_months.branch_id as customer_branch_id,
        customer_months.city_code,
        claims.branch_id,
        claims.metric_code,
        claims.claim_id,
        claims.claimed_share,
        claims.claim_date,
        claims.approved_by,
        row_number() over (
            partition by customer_months.customer_id, customer_months.period_month, claims.branch_id, claims.metric_code
            -- a claim that nobody has approved yet does not take the place of one that somebody has
            order by
                case when claims.approved_by is not null and claims.claimed_share is not null then 0 else 1 end,
                claims.claim_date desc,
                claims.claim_id desc
        ) as age
    from customer_months
    inner join claims
        on
            customer_months.customer_id = claims.customer_id
            and customer_months.period_end_date >= claims.claim_date
),

in_force as (
    select
        dated_claims.*,
        coalesce(dated_claims.city_code, home_branches.city_code) <> branches.city_code as is_elsewhere,
        min(dated_claims.branch_id) over (partition by dated_claims.customer_id, dated_claims.period_month)
        <> max(dated_claims.branch_id) over (partition by dated_claims.customer_id, dated_claims.period_month) as is_claimed_twice,
        sum(case when dated_claims.approved_by is not null then dated_claims.claimed_share end) over (
            partition by dated_claims.customer_id, dated_claims.period_month, dated_claims.metric_code
        ) as approved_share
    from dated_claims
    left join branches as home_branches
        on
            dated_claims.customer_branch_id = home_branches.branch_id
            and {{ in_force('home_branches', 'dated_claims.period_end_date') }}
    left join branches
        on
            dated_claims.branch_id = branches.branch_id
            and {{ in_force('branches', 'dated_claims.period_end_date') }}
    where dated_claims.age = 1
),

judged as (
    select
        in_force.*,
        case
            when in_force.approved_by is null then 'not_approved'
            when in_force.claimed_share is null then 'no_share'
            when in_force.approved_share - 1 > share_tolerances.value then 'shares_exceed_whole'
        end as issue_code
    from in_force
    left join share_tolerances
        on
            {{ in_force('share_tolerances', 'in_force.period_end_date') }}
),

final as (
    select
        customer_id,
        branch_id,
        claim_id,
        metric_code,
        issue_code,
        period_month,
        claim_date,
        cast(claimed_share as decimal(18, 8)) as claimed_share,
        cast(case when issue_code is null then claimed_share end as decimal(18, 8)) as share,
        coalesce(is_elsewhere, false) as is_cross_region,
        is_claimed_twice as is_cross_account,
        issue_code is null as is_approved
    from judged
)

select * from final
