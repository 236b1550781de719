-- the tree has five levels: three steps up from an outlet stand its tier-1 branch and, below it, its tier-2 branch
with

branches as (
    {{ newest_version(ref('stg_org__branches'), 'branch_id') }}
),

codes as (
    select * from {{ ref('ref_codes') }}
    where code_set = 'branch_level'
),

one_up as (
    select
        branches.branch_id,
        parents.branch_id as ancestor_id,
        parents.branch_level as ancestor_level,
        parents.parent_branch_id as next_id
    from branches
    inner join branches as parents
        on branches.parent_branch_id = parents.branch_id
),

two_up as (
    select
        one_up.branch_id,
        parents.branch_id as ancestor_id,
        parents.branch_level as ancestor_level,
        parents.parent_branch_id as next_id
    from one_up
    inner join branches as parents
        on one_up.next_id = parents.branch_id
),

three_up as (
    select
        two_up.branch_id,
        parents.branch_id as ancestor_id,
        parents.branch_level as ancestor_level
    from two_up
    inner join branches as parents
        on two_up.next_id = parents.branch_id
),

ancestors as (
    select
        branch_id,
        branch_id as ancestor_id,
        branch_level as ancestor_level
    from branches
    union all
    select
        branch_id,
        ancestor_id,
        ancestor_level
    from one_up
    union all
    select
        branch_id,
        ancestor_id,
        ancestor_level
    from two_up
    union all
    select
        branch_id,
        ancestor_id,
        ancestor_level
    from three_up
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
