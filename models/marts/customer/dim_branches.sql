with

branches as (
    select * from {{ ref('stg_org__branches') }}
    where {{ is_newest() }}
),

ancestors as (
    select * from {{ ref('int_branch_ancestors') }}
),

codes as (
    select * from {{ ref('ref_codes') }}
    where code_set = 'branch_level'
),

-- a tree that runs in a circle would name several ancestors of a level; the smallest id is taken
flattened as (
    select
        branch_id,
        min(case when ancestor_level = 'tier1' then ancestor_id end) as tier1_branch_id,
        min(case when ancestor_level = 'tier2' then ancestor_id end) as tier2_branch_id
    from ancestors
    group by branch_id
),

final as (
    select
        branches.branch_id,
        branches.parent_branch_id,
        flattened.tier1_branch_id,
        flattened.tier2_branch_id,
        branches.branch_level,
        branches.city_code,
        branches.region_code,
        branches.branch_name,
        codes.name_en as branch_level_name_en,
        codes.name_zh as branch_level_name_zh
    from branches
    inner join flattened
        on branches.branch_id = flattened.branch_id
    left join codes
        on branches.branch_level = codes.code
)

select * from final
