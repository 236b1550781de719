-- the tree has five levels, of which some may stand under their like: no branch is more than eight steps from head office
with

branches as (
    select * from {{ ref('stg_org__branches') }}
    where {{ is_newest() }}
),

{% set steps = 8 -%}
{% for step in range(1, steps + 1) -%}
{%- set below = 'branches' if loop.first else 'step_' ~ (step - 1) -%}
step_{{ step }} as (
    select
        {{ below }}.branch_id,
        parents.branch_id as ancestor_id,
        parents.branch_level as ancestor_level,
        parents.parent_branch_id
    from {{ below }}
    inner join branches as parents
        on {{ below }}.parent_branch_id = parents.branch_id
),

{% endfor -%}
found as (
    select
        branch_id,
        branch_id as ancestor_id,
        branch_level as ancestor_level,
        0 as distance
    from branches
    {%- for step in range(1, steps + 1) %}
    union all
    select
        branch_id,
        ancestor_id,
        ancestor_level,
        {{ step }} as distance
    from step_{{ step }}
    {%- endfor %}
),

-- a tree that runs in a circle meets a branch twice; it counts once, at its nearest
final as (
    select
        branch_id,
        ancestor_id,
        ancestor_level,
        min(distance) as distance
    from found
    group by branch_id, ancestor_id, ancestor_level
)

select * from final
