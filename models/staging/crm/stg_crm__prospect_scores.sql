with

records as (
    select * from {{ ref('base_crm__prospect_scores') }}
),

final as (
    select
        prospect_id,
        score_code,
        score_date,
        score,
        batch_date,
        accepted_date
    from records
    where record_status = 'accepted'
)

select * from final
