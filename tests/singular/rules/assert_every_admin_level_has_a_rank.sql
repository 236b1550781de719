-- the bug it looks for: an administrative level that extracts may bring and that no ladder can judge
with

first_period as (
    select min(period_end_date) as period_end_date
    from {{ ref('int_months') }}
),

ranks as (
    select * from {{ ref('rule_admin_level_ranks') }}
),

admin_levels as (
    select code as admin_level
    from {{ ref('ref_codes') }}
    where code_set = 'admin_level'
),

-- the first period, and the later days on which ranks change
moments as (
    select period_end_date as moment
    from first_period
    where period_end_date is not null
    union
    select greatest(ranks.effective_from, first_period.period_end_date) as moment
    from ranks
    cross join first_period
),

dated_moments as (
    select
        moments.moment,
        max(ranks.effective_from) as rank_date
    from moments
    left join ranks
        on moments.moment >= ranks.effective_from
    group by moments.moment
)

select
    'rule_admin_level_ranks has no row for admin level ' || admin_levels.admin_level || ' in force on '
    || cast(dated_moments.moment as varchar) as message
from dated_moments
cross join admin_levels
left join ranks
    on
        dated_moments.rank_date = ranks.effective_from
        and admin_levels.admin_level = ranks.admin_level
where ranks.admin_level is null
