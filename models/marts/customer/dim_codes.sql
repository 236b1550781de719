with

codes as (
    select * from {{ ref('ref_codes') }}
),

industries as (
    select * from {{ ref('ref_industries') }}
),

final as (
    select
        code_set,
        code,
        name_en,
        name_zh
    from codes
    union all
    select
        'industry' as code_set,
        industry_code as code,
        name_en,
        name_zh
    from industries
)

select * from final
