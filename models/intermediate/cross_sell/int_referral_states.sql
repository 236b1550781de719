-- whether a referral earns at each of its changes, and if not why; the first reason in the order of the rules decides
with

changes as (
    select * from {{ ref('int_referral_changes') }}
),

versions as (
    select * from {{ ref('int_referral_versions') }}
),

participants as (
    select * from {{ ref('int_referral_participants_known') }}
),

reviews as (
    select * from {{ ref('int_referral_reviews_known') }}
),

departments as (
    select * from {{ ref('stg_org__departments') }}
),

point_rules as (
    select * from {{ ref('rule_product_points') }}
),

share_tolerances as (
    select * from {{ ref('int_parameter_spans') }}
    where parameter_code = 'share_tolerance' and region_code = '*'
),

candidates as (
    select
        changes.referral_id,
        changes.recorded_date,
        versions.batch_date,
        versions.file_name,
        versions.row_number,
        versions.product_code,
        versions.sold_date,
        versions.quantity,
        versions.amount,
        versions.lead_department_id,
        versions.source_customer_id,
        versions.buyer_customer_id,
        versions.outlet_branch_id,
        versions.project_id,
        versions.status,
        versions.is_sold_after_batch,
        departments.business_line as lead_business_line,
        row_number() over (
            partition by changes.referral_id, changes.recorded_date
            order by versions.batch_date desc
        ) as version_age
    from changes
    inner join versions
        on
            changes.referral_id = versions.referral_id
            and changes.recorded_date >= versions.known_date
    left join departments
        on
            versions.lead_department_id = departments.department_id
            and {{ in_force('departments', 'changes.recorded_date') }}
),

newest as (
    select * from candidates
    where version_age = 1
),

shares as (
    select
        newest.referral_id,
        newest.recorded_date,
        count(*) as participant_count,
        count(participants.share) as share_count,
        sum(participants.share) as share_sum,
        max(case when participants.department_id = newest.lead_department_id then 1 else 0 end) as lead_takes_part,
        max(case when departments.business_line <> newest.lead_business_line then 1 else 0 end) as crosses_lines
    from newest
    inner join participants
        on
            newest.referral_id = participants.referral_id
            and newest.recorded_date = participants.recorded_date
    left join departments
        on
            participants.department_id = departments.department_id
            and {{ in_force('departments', 'newest.recorded_date') }}
    group by newest.referral_id, newest.recorded_date
),

dated_point_rules as (
    select
        newest.referral_id,
        newest.recorded_date,
        point_rules.basis,
        point_rules.unit,
        point_rules.points,
        point_rules.pay_amount,
        point_rules.effective_from,
        row_number() over (
            partition by newest.referral_id, newest.recorded_date
            order by point_rules.effective_from desc
        ) as rule_age
    from newest
    inner join point_rules
        on
            newest.product_code = point_rules.product_code
            and newest.sold_date >= point_rules.effective_from
),

checked as (
    select
        newest.*,
        dated_point_rules.basis,
        dated_point_rules.unit,
        dated_point_rules.points as points_per_unit,
        dated_point_rules.pay_amount,
        dated_point_rules.effective_from as rule_effective_from,
        reviews.objection_outcome,
        reviews.compliance_outcome,
        reviews.spot_check_outcome,
        case when newest.is_sold_after_batch then 'out_of_range:sold_date' end as sold_after_batch,
        case when shares.referral_id is null then 'no_participant' end as without_participant,
        case when shares.lead_takes_part = 1 then 'lead_is_participant' end as led_by_participant,
        case
            when
                (shares.share_count > 0 and shares.share_count < shares.participant_count)
                or (shares.share_count > 0 and abs(shares.share_sum - 1) > share_tolerances.value)
                then 'shares_not_whole'
        end as not_shared_whole,
        case when shares.referral_id is not null and coalesce(shares.crosses_lines, 0) = 0 then 'not_cross_line' end as within_one_line,
        case when dated_point_rules.referral_id is null then 'no_point_rule' end as without_point_rule
    from newest
    left join shares
        on
            newest.referral_id = shares.referral_id
            and newest.recorded_date = shares.recorded_date
    left join dated_point_rules
        on
            newest.referral_id = dated_point_rules.referral_id
            and newest.recorded_date = dated_point_rules.recorded_date
            and dated_point_rules.rule_age = 1
    left join share_tolerances
        on
            {{ in_force('share_tolerances', 'newest.recorded_date') }}
    left join reviews
        on
            newest.referral_id = reviews.referral_id
            and newest.recorded_date = reviews.recorded_date
),

-- a sale after its batch is not judged further: until a batch mends it nobody may know the participants
judged as (
    select
        *,
        coalesce(sold_after_batch, {{ concatenated_codes([
            'without_participant', 'led_by_participant', 'not_shared_whole', 'within_one_line', 'without_point_rule',
        ]) }}) as broken_rules
    from checked
),

final as (
    select
        referral_id,
        recorded_date,
        batch_date,
        file_name,
        row_number,
        product_code,
        sold_date,
        quantity,
        amount,
        lead_department_id,
        source_customer_id,
        buyer_customer_id,
        outlet_branch_id,
        project_id,
        status,
        basis,
        unit,
        points_per_unit,
        pay_amount,
        rule_effective_from,
        broken_rules,
        objection_outcome,
        compliance_outcome,
        spot_check_outcome,
        case
            when status = 'withdrawn' then 'withdrawn'
            when broken_rules is not null then 'quarantined:' || {{ dbt.split_part('broken_rules', "';'", 1) }}
            when objection_outcome = 'upheld' then 'objection_upheld'
            when compliance_outcome = 'failed' then 'compliance_failed'
            when spot_check_outcome = 'failed' then 'spot_check_failed'
        end as void_reason
    from judged
)

select * from final
