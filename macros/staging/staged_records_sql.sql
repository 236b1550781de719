{#-
    The statement behind `stage_records`, from a contract. A build that keeps the verdicts of before gives the landed rows that it
    judges (`landed`): they must hold every row of each key among them.
-#}
{% macro staged_records_sql(contract, landed=none) -%}
{%- set keys = key_columns(contract) -%}
{%- set references = contract.columns | selectattr('references', 'defined') | list
    + contract.columns | selectattr('lookup', 'defined') | list -%}
{%- set origin = ['batch_date', 'file_name', 'row_number'] -%}
{%- set late = late_code(contract) -%}

with

{{ checked_records(contract, landed) }},

{{ known_references(references, contract) -}}

-- only keys that stand more than once need a comparison of their rows
repeated_keys as (
    select {{ keys | join(', ') }}
    from checked
    where {{ is_readable(contract, 'row_issues') }}
    group by {{ keys | join(', ') }}
    having count(*) > 1
),

repeated as (
    select
        checked.batch_date,
        checked.file_name,
        checked.row_number
        {%- for key in keys %},
        checked.{{ key }}
        {%- endfor %},
        {{ row_digest(contract, 'checked') }} as digest,
        {{ reference_issues(references, required=true) }} as reference_issues
    from checked
    inner join repeated_keys
        on {% for key in keys %}checked.{{ key }} = repeated_keys.{{ key }}{% if not loop.last %} and {% endif %}{% endfor %}
    {{ join_known(references | selectattr('is_checked_required') | list) }}
    where {{ is_readable(contract, 'checked.row_issues') }}
),

compared_in_batch as (
    select
        *,
        min(digest) over (partition by {{ keys | join(', ') }}, batch_date)
        <> max(digest) over (partition by {{ keys | join(', ') }}, batch_date) as is_contradicted,
        row_number() over (
            partition by {{ keys | join(', ') }}, batch_date
            order by file_name, row_number
        ) as row_in_batch
    from repeated
),

compared_with_before as (
    select
        *,
        coalesce(
            digest = lag(digest) over (partition by {{ keys | join(', ') }} order by batch_date), false
        ) as is_unchanged
    from compared_in_batch
    where not is_contradicted and row_in_batch = 1 and reference_issues is null
),

changes as (
    select
        *,
        row_number() over (partition by {{ keys | join(', ') }} order by batch_date desc) as changes_since
    from compared_with_before
    where not is_unchanged
),

repeated_verdicts as (
    select
        compared_in_batch.batch_date,
        compared_in_batch.file_name,
        compared_in_batch.row_number,
        compared_in_batch.is_contradicted,
        changes.changes_since is null{% if contract.history == 'newest' %} or changes.changes_since > 1{% endif %} as is_superseded
    from compared_in_batch
    left join changes
        on {% for column in origin %}compared_in_batch.{{ column }} = changes.{{ column }}{% if not loop.last %} and {% endif %}{% endfor %}
),

judged as (
    select
        checked.batch_date,
        checked.file_name,
        checked.row_number
        {%- for column in contract.columns %},
        {{ resolved_value(column) }} as {{ column.staged_as }}
        {%- endfor %},
        {{ concatenated_codes([
            'checked.row_issues',
            "case when repeated_verdicts.is_contradicted then 'duplicate_in_batch' end",
            reference_issues(references, required=true),
        ]) }} as reason_codes,
        {{ concatenated_codes(['checked.value_issues', reference_issues(references, required=false)]) }} as emptied_codes,
        coalesce(repeated_verdicts.is_superseded, false) as is_superseded,
        {{ acceptance_date(references) }} as accepted_date
    from checked
    left join repeated_verdicts
        on {% for column in origin %}checked.{{ column }} = repeated_verdicts.{{ column }}{% if not loop.last %} and {% endif %}{% endfor %}
    {{ join_known(references) }}
),

final as (
    select
        {{ origin | join(', ') }},
        {%- for column in contract.columns %}
        {{ column.staged_as }},
        {%- endfor %}
        case
            {%- if late %}
            when reason_codes = {{ late }} and is_superseded then 'superseded'
            {%- endif %}
            when reason_codes is not null then 'quarantined'
            when is_superseded then 'superseded'
            else 'accepted'
        end as record_status,
        {% if late -%}
        case when reason_codes <> {{ late }} or not is_superseded then reason_codes end as reason_codes,
        {%- else -%}
        reason_codes,
        {%- endif %}
        case when reason_codes is null then emptied_codes end as emptied_codes,
        case when {{ is_readable(contract, 'reason_codes') }} then accepted_date end as accepted_date
    from judged
)

select * from final
{%- endmacro %}
