with

departments as (
    select * from {{ ref('stg_org__departments') }}
    where {{ is_newest() }}
),

codes as (
    select * from {{ ref('ref_codes') }}
    where code_set = 'business_line'
),

final as (
    select
        departments.department_id,
        departments.branch_id,
        departments.business_line,
        departments.department_name,
        codes.name_en as business_line_name_en,
        codes.name_zh as business_line_name_zh
    from departments
    left join codes
        on departments.business_line = codes.code
)

select * from final
