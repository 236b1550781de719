-- the bug it looks for: an account or loan whose months fall on no customer month, so that its money is in no mart
{% for instrument in ['account', 'loan'] -%}
select
    '{{ instrument }}' as instrument_type,
    attributed.{{ instrument }}_id as instrument_id,
    attributed.period_month
from {{ ref('int_' ~ instrument ~ '_months_attributed') }} as attributed
left join {{ ref('fct_customer_months') }} as customer_months
    on
        attributed.customer_id = customer_months.customer_id
        and attributed.period_month = customer_months.period_month
where
    customer_months.customer_id is null
    and {{ is_made_anew('attributed.period_month', ref('int_' ~ instrument ~ '_months_attributed')) }}
union all
select
    '{{ instrument }}' as instrument_type,
    instrument_months.{{ instrument }}_id as instrument_id,
    instrument_months.period_month
from {{ ref('int_' ~ instrument ~ '_months') }} as instrument_months
left join {{ ref('int_' ~ instrument ~ '_months_attributed') }} as attributed
    on
        instrument_months.{{ instrument }}_id = attributed.{{ instrument }}_id
        and instrument_months.period_month = attributed.period_month
where
    attributed.{{ instrument }}_id is null
    and {{ is_made_anew('instrument_months.period_month', ref('int_' ~ instrument ~ '_months')) }}
{% if not loop.last %}
union all
{% endif -%}
{%- endfor %}
