-- what is known of a referral on the as-of date
with

states as (
    select
        *,
        row_number() over (partition by referral_id order by recorded_date desc) as age
    from {{ ref('int_referral_states') }}
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
        broken_rules,
        objection_outcome,
        compliance_outcome,
        spot_check_outcome,
        void_reason
    from states
    where age = 1
)

select * from final
