-- every industry in use with itself and what it is part of, by its digits; rules that name an industry hold for all below it
with

customers as (
    select * from {{ ref('stg_core__customers') }}
),

industries as (
    select industry_code
    from customers
    where industry_code is not null
    group by industry_code
),

final as (
    {% for depth in [1, 3, 4, 5] -%}
    select
        industry_code,
        substr(industry_code, 1, {{ depth }}) as ancestor_code
    from industries
    where length(industry_code) >= {{ depth }}
    {% if not loop.last -%}
    union all
    {% endif -%}
    {%- endfor %}
)

select * from final
