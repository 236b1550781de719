-- the bug it looks for: an account or loan whose months fall on no version of it, or on no month of its customer from his first one
-- on, so that its money is in no mart
{% for instrument in ['account', 'loan'] -%}
select
    '{{ instrument }}' as instrument_type,
    instrument_months.{{ instrument }}_id as instrument_id,
    instrument_months.period_month
from {{ ref('int_' ~ instrument ~ '_months') }} as instrument_months
left join {{ ref('fct_customer_months') }} as customer_months
    on
        instrument_months.customer_id = customer_months.customer_id
        and instrument_months.period_month = customer_months.period_month
left join {{ ref('int_customer_first_months') }} as first_months
    on instrument_months.customer_id = first_months.customer_id
where
    customer_months.customer_id is null
    and coalesce(instrument_months.period_month >= first_months.first_month, true)
    and {{ is_made_anew('instrument_months.period_month', ref('int_' ~ instrument ~ '_months')) }}
union all
select
    '{{ instrument }}' as instrument_type,
    slices.{{ instrument }}_id as instrument_id,
    slices.period_month
from {{ ref('int_' ~ instrument ~ '_slices') }} as slices
left join {{ ref('int_' ~ instrument ~ '_months') }} as instrument_months
    on
        slices.{{ instrument }}_id = instrument_months.{{ instrument }}_id
        and slices.period_month = instrument_months.period_month
where
    instrument_months.{{ instrument }}_id is null
    and {{ is_made_anew('slices.period_month', ref('int_' ~ instrument ~ '_slices')) }}
{% if not loop.last %}
union all
{% endif -%}
{%- endfor %}
