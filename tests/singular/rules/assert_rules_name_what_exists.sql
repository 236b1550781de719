-- the bug it looks for: a misspelt code beside `*`, which no generic test reads; its rule would never match anybody
with

industries as (
    select industry_code from {{ ref('ref_industries') }}
    union all
    select '*' as industry_code
),

codes as (
    select
        code_set,
        code
    from {{ ref('ref_codes') }}
)

{% for seed in ['rule_tier_ladders', 'rule_small_enterprise_limits'] -%}
select '{{ seed }} names industry ' || rules.industry_code || ', which is not in ref_industries' as message
from {{ ref(seed) }} as rules
left join industries
    on rules.industry_code = industries.industry_code
where industries.industry_code is null
union
{% endfor -%}
{% for seed, column in [('rule_party_groups', 'institution_type'), ('rule_populations', 'segment_code')] -%}
select '{{ seed }} names {{ column }} ' || rules.{{ column }} || ', which is not in ref_codes' as message
from {{ ref(seed) }} as rules
left join codes
    on
        rules.{{ column }} = codes.code
        and codes.code_set = '{{ column | replace("_code", "") }}'
where codes.code is null and rules.{{ column }} <> '*'
{% if not loop.last -%}
union
{% endif -%}
{%- endfor %}
