-- the bug it looks for: a change that is missing, invented or set against another month than the one before
with

tiers as (
    select * from {{ ref('fct_customer_tiers') }}
    -- and those that the first months made anew are compared with
    where {{ is_made_anew(add_to_date('month', 1, 'period_month'), ref('fct_customer_tier_changes')) }}
),

numbered_months as (
    select
        period_month,
        row_number() over (order by period_month) as month_number
    from {{ ref('int_months') }}
),

months as (
    select * from numbered_months
    where {{ is_made_anew(add_to_date('month', 1, 'period_month'), ref('fct_customer_tier_changes')) }}
),

-- the best tier of the longest ladder first, whatever rank shorter ladders give it
tier_places as (
    select
        scheme_code,
        tier_code,
        max(tier_rank) as tier_place
    from {{ ref('int_tier_rungs') }}
    group by scheme_code, tier_code
),

customer_schemes as (
    select
        customer_id,
        scheme_code
    from tiers
    group by customer_id, scheme_code
),

-- every month of every customer and scheme, so that the row before is the month before
all_months as (
    select
        customer_schemes.customer_id,
        customer_schemes.scheme_code,
        months.period_month,
        months.month_number,
        coalesce(tiers.status, 'absent') as status,
        tiers.tier_code,
        tier_places.tier_place
    from customer_schemes
    cross join months
    left join tiers
        on
            customer_schemes.customer_id = tiers.customer_id
            and customer_schemes.scheme_code = tiers.scheme_code
            and months.period_month = tiers.period_month
    left join tier_places
        on
            tiers.scheme_code = tier_places.scheme_code
            and tiers.tier_code = tier_places.tier_code
),

lagged as (
    select
        *,
        lag(status) over (partition by customer_id, scheme_code order by period_month) as previous_status,
        lag(tier_code) over (partition by customer_id, scheme_code order by period_month) as previous_tier_code,
        lag(tier_place) over (partition by customer_id, scheme_code order by period_month) as previous_tier_place
    from all_months
),

compared as (
    select
        customer_id,
        scheme_code,
        period_month,
        previous_tier_code,
        tier_code,
        case
            when status = previous_status and status <> 'rated' then null
            when previous_status = 'absent' then 'entered'
            when status = 'absent' then 'exited'
            when status <> previous_status then 'became_' || status
            when tier_place < previous_tier_place then 'upgraded'
            when tier_place > previous_tier_place then 'downgraded'
        end as change_type
    from lagged
    where month_number > 1 and {{ is_made_anew('period_month', ref('fct_customer_tier_changes')) }}
),

expected as (
    select * from compared
    where change_type is not null
),

changes as (
    select * from {{ ref('fct_customer_tier_changes') }}
    where {{ is_made_anew('period_month', ref('fct_customer_tier_changes')) }}
)

select
    coalesce(expected.customer_id, changes.customer_id) as customer_id,
    coalesce(expected.scheme_code, changes.scheme_code) as scheme_code,
    coalesce(expected.period_month, changes.period_month) as period_month,
    expected.change_type as expected_change_type,
    changes.change_type
from expected
full outer join changes
    on
        expected.customer_id = changes.customer_id
        and expected.scheme_code = changes.scheme_code
        and expected.period_month = changes.period_month
where
    expected.change_type is distinct from changes.change_type
    or expected.previous_tier_code is distinct from changes.previous_tier_code
    or expected.tier_code is distinct from changes.tier_code
