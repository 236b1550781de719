with

products as (
    select * from {{ ref('ref_products') }}
),

categories as (
    select * from {{ ref('ref_codes') }}
    where code_set = 'product_category'
),

final as (
    select
        products.product_code,
        products.product_category,
        products.business_line,
        products.name_en,
        products.name_zh,
        categories.name_en as product_category_name_en,
        categories.name_zh as product_category_name_zh,
        products.is_mortgage,
        products.is_free_service
    from products
    left join categories
        on products.product_category = categories.code
)

select * from final
