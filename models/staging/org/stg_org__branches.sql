with

records as (
    select * from {{ ref('base_org__branches') }}
),

final as (
    select
        branch_id,
        branch_name,
        -- one that names itself stands at the top
        nullif(parent_branch_id, branch_id) as parent_branch_id,
        branch_level,
        city_code,
        region_code,
        batch_date,
        accepted_date,
        {{ in_force_columns('branch_id') }}
    from records
    where record_status = 'accepted'
)

select * from final
