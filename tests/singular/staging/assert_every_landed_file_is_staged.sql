-- the bug it looks for: a batch and extract whose rows are staged but not in the manifest, or an archive file that lost rows
{% for model in base_models() -%}
select
    records.batch_date,
    '{{ extract_of(model) }}' as extract
from {{ ref(model) }} as records
left join {{ source('landing', 'manifest') }} as files
    on
        records.batch_date = files.batch_date
        and records.file_name = files.file_name
        and files.extract = '{{ extract_of(model) }}'
        and files.is_current
where files.file_name is null
{% if not loop.last %}
union all
{% endif -%}
{%- endfor %}
