{{ config(materialized='view') }}
-- the first rule that matches decides (specification 3.1)
with

customer_months as (
    select * from {{ ref('int_customer_months_spined') }}
),

loans as (
    select * from {{ ref('int_customer_loan_balances') }}
),

evidence as (
    select * from {{ ref('int_segment_evidence') }}
),

party_groups as (
    {{ rules_in_force(ref('rule_party_groups')) }}
),

segment_rules as (
    {{ rules_in_force(ref('rule_segments')) }}
),

-- a rule for any credit status, once for each: the join below has equalities only
credit_statuses as (
    select 'credit' as credit_status
    union all
    select 'no_credit' as credit_status
),

segment_rules_by_status as (
    select
        segment_rules.period_month,
        segment_rules.party_group,
        credit_statuses.credit_status,
        segment_rules.segment_code,
        segment_rules.evidence_kind,
        segment_rules.market_type,
        segment_rules.rule_priority,
        segment_rules.effective_from,
        segment_rules.approval_reference
    from segment_rules
    inner join credit_statuses
        on segment_rules.credit_status in (credit_statuses.credit_status, '*')
),

grouped as (
    select
        customer_months.customer_id,
        customer_months.period_month,
        case when loans.loan_balance > 0 then 'credit' else 'no_credit' end as credit_status,
        coalesce(own_groups.party_group, party_groups.party_group) as party_group
    from customer_months
    left join loans
        on
            customer_months.customer_id = loans.customer_id
            and customer_months.period_month = loans.period_month
    left join party_groups
        on
            customer_months.period_month = party_groups.period_month
            and customer_months.party_type = party_groups.party_type
            and party_groups.institution_type = '*'
    left join party_groups as own_groups
        on
            customer_months.period_month = own_groups.period_month
            and customer_months.party_type = own_groups.party_type
            and customer_months.institution_type = own_groups.institution_type
),

candidates as (
    select
        grouped.customer_id,
        grouped.period_month,
        grouped.credit_status,
        segment_rules.segment_code,
        evidence.sub_segment_code,
        segment_rules.market_type,
        segment_rules.rule_priority,
        segment_rules.effective_from,
        segment_rules.approval_reference,
        row_number() over (
            partition by grouped.customer_id, grouped.period_month
            order by segment_rules.rule_priority
        ) as match_number
    from grouped
    left join segment_rules_by_status as segment_rules
        on
            grouped.period_month = segment_rules.period_month
            and grouped.party_group = segment_rules.party_group
            and grouped.credit_status = segment_rules.credit_status
    left join evidence
        on
            grouped.customer_id = evidence.customer_id
            and grouped.period_month = evidence.period_month
            and segment_rules.evidence_kind = evidence.evidence_kind
            and segment_rules.segment_code = evidence.segment_code
    where
        segment_rules.evidence_kind = 'none'
        or evidence.customer_id is not null
        -- a customer without any rule stays, without a segment, and fails the test
        or segment_rules.segment_code is null
),

final as (
    select
        customer_id,
        period_month,
        segment_code,
        sub_segment_code,
        credit_status,
        market_type,
        rule_priority as matched_rule_priority,
        effective_from as rule_effective_from,
        approval_reference
    from candidates
    where match_number = 1
)

select * from final
