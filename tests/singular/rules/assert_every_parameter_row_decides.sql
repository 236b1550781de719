{{ config(severity='warn') }}
-- the bug it looks for: a misspelt parameter, or a region's own row of one that holds for the whole bank, which both decide nothing
with

parameters as (
    select
        parameter_code,
        region_code
    from {{ ref('rule_parameters') }}
    -- delivered with the rules; the ladder of the scheme decides
    where parameter_code <> 'no_credit_scale_deposit'
    group by parameter_code, region_code
)

select 'rule_parameters: ' || parameter_code || ' decides nothing; is it misspelt?' as message
from parameters
where
    parameter_code not in (
        {% for name in parameters_read() -%}
        '{{ name }}'{% if not loop.last %},{% endif %}
        {% endfor %}
    )
union all
select
    'rule_parameters: ' || parameter_code || ' of region ' || region_code || ' decides nothing: it holds for the whole bank, region *'
        as message
from parameters
where
    region_code <> '*'
    and parameter_code in (
        {% for name in parameters_read(bank_wide=true) -%}
        '{{ name }}'{% if not loop.last %},{% endif %}
        {% endfor %}
    )
