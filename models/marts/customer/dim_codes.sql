with

codes as (
    select * from {{ ref('ref_codes') }}
),

final as (
    select
        code_set,
        code,
        name_en,
        name_zh
    from codes
)

select * from final
