-- the bug it looks for: branches whose parents go round in a circle, or on so far that int_branch_ancestors does not follow them:
-- the branches above would lack what their customers contribute
with

branches as (
    select * from {{ ref('stg_org__branches') }}
    where {{ is_newest() }}
),

ancestors as (
    select * from {{ ref('int_branch_ancestors') }}
),

circles as (
    select
        branches.branch_id,
        branches.parent_branch_id,
        branches.batch_date
    from branches
    inner join ancestors
        on
            branches.parent_branch_id = ancestors.branch_id
            and branches.branch_id = ancestors.ancestor_id
),

-- where a way up ends: at a branch without a parent, or in a circle
ended as (
    select ancestors.branch_id
    from ancestors
    inner join branches
        on ancestors.ancestor_id = branches.branch_id
    left join circles
        on ancestors.ancestor_id = circles.branch_id
    where branches.parent_branch_id is null or circles.branch_id is not null
    group by ancestors.branch_id
)

select
    'branches: ' || branch_id || ' (batch ' || cast(batch_date as varchar) || ') lies below itself, for its parent_branch_id '
    || parent_branch_id || ' belongs to it; deliver one of them with another parent' as message
from circles
union all
select
    'branches: ' || branches.branch_id || ' (batch ' || cast(branches.batch_date as varchar)
    || ') has more than eight branches above it; deliver it with a parent nearer to head office' as message
from branches
left join ended
    on branches.branch_id = ended.branch_id
where ended.branch_id is null
