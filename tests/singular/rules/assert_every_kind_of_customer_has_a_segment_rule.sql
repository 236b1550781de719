-- the bug it looks for: a party type, or a party group with or without loans, that a change of the rules forgot
with

first_period as (
    select min(period_end_date) as period_end_date
    from {{ ref('int_months') }}
),

group_rules as (
    select * from {{ ref('rule_party_groups') }}
),

segment_rules as (
    select * from {{ ref('rule_segments') }}
),

party_types as (
    select code as party_type
    from {{ ref('ref_codes') }}
    where code_set = 'party_type'
),

credit_statuses as (
    select code as credit_status
    from {{ ref('ref_codes') }}
    where code_set = 'credit_status'
),

-- the first period, and the later days on which rules change; in between they stay as they are
moments as (
    select period_end_date as moment
    from first_period
    where period_end_date is not null
    union
    select greatest(group_rules.effective_from, first_period.period_end_date) as moment
    from group_rules
    cross join first_period
    union
    select greatest(segment_rules.effective_from, first_period.period_end_date) as moment
    from segment_rules
    cross join first_period
),

dated_moments as (
    select
        moments.moment,
        max(group_rules.effective_from) as group_date,
        max(segment_rules.effective_from) as segment_date
    from moments
    left join group_rules
        on moments.moment >= group_rules.effective_from
    left join segment_rules
        on moments.moment >= segment_rules.effective_from
    group by moments.moment
),

party_groups as (
    select
        dated_moments.moment,
        dated_moments.segment_date,
        group_rules.party_group
    from dated_moments
    inner join group_rules
        on dated_moments.group_date = group_rules.effective_from
    group by dated_moments.moment, dated_moments.segment_date, group_rules.party_group
)

select
    'rule_party_groups has no row for party type ' || party_types.party_type || ' (institution_type *) in force on '
    || cast(dated_moments.moment as varchar) as message
from dated_moments
cross join party_types
left join group_rules
    on
        dated_moments.group_date = group_rules.effective_from
        and party_types.party_type = group_rules.party_type
        and group_rules.institution_type = '*'
where group_rules.party_type is null
union
select
    'rule_segments has no rule with evidence_kind none for party group ' || party_groups.party_group || ' and credit status '
    || credit_statuses.credit_status || ' in force on ' || cast(party_groups.moment as varchar) as message
from party_groups
cross join credit_statuses
left join segment_rules
    on
        party_groups.segment_date = segment_rules.effective_from
        and party_groups.party_group = segment_rules.party_group
        and segment_rules.credit_status in (credit_statuses.credit_status, '*')
        and segment_rules.evidence_kind = 'none'
where segment_rules.party_group is null
