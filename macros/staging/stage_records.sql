{#-
    The staged records of an extract: every landed row of the batches up to the as-of date, parsed once, with its verdict.

    record_status  accepted     the row counts (`history: versions`: every changed version; `newest`: the newest of its key)
                   superseded   the row repeats another one of its key, or a newer batch has replaced it
                   quarantined  a key or required value is missing, unreadable or unknown, or two rows claim one key
    accepted_date  the batch that made the row acceptable: its own, or the later one that brought a reference it needs
    reason_codes, emptied_codes  `code` or `code:column`, separated by semicolons

    All rules come from the contract; the model only names the extracts that are referenced, so that dbt builds them first.
-#}
{% macro stage_records(extract) -%}
    {%- if execute -%}
        {{ staged_records_sql(extract_contract(extract)) }}
    {%- else -%}
        select * from {{ source('landing', extract) }}
    {%- endif -%}
{%- endmacro %}


{% macro staged_records_sql(contract) -%}
{%- set keys = key_columns(contract) -%}
{%- set references = contract.columns | selectattr('references', 'defined') | list
    + contract.columns | selectattr('lookup', 'defined') | list -%}
{%- set origin = ['batch_date', 'file_name', 'row_number'] -%}

with

landed as (
    select * from {{ source('landing', contract.name) }}
    where batch_date <= {{ as_of_date() }}
),

cleaned as (
    select
        batch_date,
        file_name,
        row_number
        {%- for column in contract.columns %},
        {{ clean_value(column) }} as {{ column.name }}
        {%- if column.sql_type != 'varchar' %},
        {{ column.name }}__typed
        {%- endif %}
        {%- endfor %}
    from landed
),

parsed as (
    select
        batch_date,
        file_name,
        row_number
        {%- for column in contract.columns %},
        {{ parse_value(column) }} as {{ column.name }}
        {%- if column.sql_type != 'varchar' %},
        {{ column.name }} as {{ column.name }}__text
        {%- endif %}
        {%- endfor %}
    from cleaned
),

checked as (
    select
        batch_date,
        file_name,
        row_number
        {%- for column in contract.columns %},
        {{ usable_value(column) }} as {{ column.staged_as }}
        {%- endfor %},
        {{ joined_codes(contract.columns | selectattr('is_checked_required') | list) }} as row_issues,
        {{ joined_codes(contract.columns | rejectattr('is_checked_required') | list) }} as value_issues
    from parsed
),

{% for column in references -%}
known_{{ column.name }} as (
    {{ known_values(column, contract) }}
),

{% endfor -%}

-- only keys that stand more than once need a comparison of their rows
repeated_keys as (
    select {{ keys | join(', ') }}
    from checked
    where row_issues is null
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
    where checked.row_issues is null
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
        case
            when checked.row_issues is not null then checked.row_issues
            when repeated_verdicts.is_contradicted then 'duplicate_in_batch'
            else {{ reference_issues(references, required=true) }}
        end as reason_codes,
        {{ concatenated_codes(['checked.value_issues', reference_issues(references, required=false)]) }} as emptied_codes,
        coalesce(repeated_verdicts.is_superseded, false) as is_superseded,
        greatest(
            checked.batch_date
            {%- for column in references if column.is_checked_required and column.references is defined %},
            known_{{ column.name }}.accepted_date
            {%- endfor %}
        ) as accepted_date
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
            when reason_codes is not null then 'quarantined'
            when is_superseded then 'superseded'
            else 'accepted'
        end as record_status,
        reason_codes,
        case when reason_codes is null then emptied_codes end as emptied_codes,
        case when reason_codes is null then accepted_date end as accepted_date
    from judged
)

select * from final
{%- endmacro %}


{#- Why a column's value cannot be used: a code, or NULL where it can. Needs the parsed value and, where its type is not text, the cleaned text. -#}
{% macro value_issue(column) -%}
    {%- set name = column.name -%}
    {%- set missing = "'missing_key'" if column.key is defined else "'missing_value:" ~ name ~ "'" -%}
    case
    {%- if column.sql_type == 'varchar' -%}
        {%- if column.is_checked_required %}
        when {{ name }} is null then {{ missing }}
        {%- endif -%}
        {%- if column.codes is defined %}
        when {{ name }} not in ('{{ column.codes | join("', '") }}') then 'bad_code:{{ name }}'
        {%- elif column.type == 'currency' %}
        when not {{ matches_pattern(name, '[A-Z]{3}') }} then 'bad_code:{{ name }}'
        {%- elif column.type == 'phone' %}
        when not {{ matches_pattern(name, '[+]?([ ()./*#-]?[0-9]){5,20}[)#]?') }} then 'bad_type:{{ name }}'
        {%- endif -%}
    {%- else %}
        when {{ name }} is null then
            case
                when {{ name }}__text is null then {{ missing if column.is_checked_required else 'null' }}
                {%- if column.sql_type not in ['date', 'boolean'] %}
                when {{ matches_pattern(name ~ '__text', number_pattern(column.sql_type)) }} then 'out_of_range:{{ name }}'
                {%- endif %}
                else 'bad_type:{{ name }}'
            end
        {%- set bounds = outside_bounds(column) -%}
        {%- if bounds %}
        when {{ bounds }} then 'out_of_range:{{ name }}'
        {%- endif -%}
    {%- endif %}
    end
{%- endmacro %}


{#- Condition under which a value lies outside its contract's bounds; empty where it has none. -#}
{% macro outside_bounds(column) -%}
    {%- set bounds = [] -%}
    {%- if column.min is defined -%}
        {%- do bounds.append(column.name ~ (' <= ' if column.min_is_exclusive is defined else ' < ') ~ column.min) -%}
    {%- endif -%}
    {%- if column.max is defined -%}
        {%- do bounds.append(column.name ~ ' > ' ~ column.max) -%}
    {%- endif -%}
    {%- if column.not_after_batch is defined -%}
        {%- do bounds.append(column.name ~ ' > batch_date') -%}
    {%- endif -%}
    {{ return(bounds | join(' or ')) }}
{%- endmacro %}


{#- Whether anything beyond being empty can be wrong with a column's value. -#}
{% macro has_value_check(column) -%}
    {{ return(column.sql_type != 'varchar' or column.codes is defined or column.type in ['currency', 'phone']) }}
{%- endmacro %}


{#- The value as staged: hashed, emptied where an optional one is wrong, the default where there is none. -#}
{% macro usable_value(column) -%}
    {%- set value = column.name -%}
    {%- if column.staged_as != column.name -%}
        {%- set value = keyed_hash(column.name) -%}
    {%- endif -%}
    {%- set needs_emptying = has_value_check(column) and not column.is_checked_required
        and (column.sql_type == 'varchar' or outside_bounds(column)) -%}
    {%- if needs_emptying -%}
        {%- set value = 'case when ' ~ value_issue(column) ~ ' is null then ' ~ value ~ ' end' -%}
    {%- endif -%}
    {%- if column.default is defined -%}
        {%- set default = column.default if column.sql_type == 'boolean' else "'" ~ column.default ~ "'" -%}
        coalesce({{ value }}, {{ default }})
    {%- else -%}
        {{ value }}
    {%- endif -%}
{%- endmacro %}


{#- The codes of all columns of a list that have one, separated by semicolons; NULL where none has. -#}
{% macro joined_codes(columns) -%}
    {%- set issues = [] -%}
    {%- for column in columns if column.is_checked_required or has_value_check(column) -%}
        {%- do issues.append(value_issue(column)) -%}
    {%- endfor -%}
    {{ concatenated_codes(issues) }}
{%- endmacro %}


{#- Code expressions joined by semicolons; NULL where all are NULL, which is decided before any text is built. -#}
{% macro concatenated_codes(issues) -%}
    {%- set issues = issues | reject('equalto', 'cast(null as varchar)') | list -%}
    {%- if not issues -%}
        cast(null as varchar)
    {%- elif issues | length == 1 -%}
        {{ issues[0] }}
    {%- else -%}
        case when coalesce({{ issues | join(', ') }}) is not null then concat_ws(';', {{ issues | join(', ') }}) end
    {%- endif -%}
{%- endmacro %}


{#- The values a column may hold, with the batch from which they are known (none for reference seeds). -#}
{% macro known_values(column, contract) -%}
    {%- if column.lookup is defined -%}
        {%- for match in column.lookup.match %}
    select
        {{ match }} as known_key,
        {{ column.lookup.value }} as known_value,
        cast(null as date) as accepted_date
    from {{ ref(column.lookup.seed) }}
    where {{ match }} is not null
        {%- if not loop.last %}
        and {{ match }} not in (select {{ column.lookup.match[loop.index] }} from {{ ref(column.lookup.seed) }} where {{ column.lookup.match[loop.index] }} is not null)
    union all
        {%- endif -%}
        {%- endfor -%}
    {%- else -%}
        {%- set target = contract if column.references == contract.name else extract_contract(column.references) -%}
        {%- set target_key = key_columns(target)[0] %}
    select
        {{ target_key }} as known_key,
        {{ target_key }} as known_value,
        {%- if column.references == contract.name %}
        min(batch_date) as accepted_date
    from checked
    where row_issues is null
        {%- else %}
        min(accepted_date) as accepted_date
    from {{ ref(base_model(target)) }}
    where record_status = 'accepted'
        {%- endif %}
    group by {{ target_key }}
    {%- endif -%}
{%- endmacro %}


{% macro join_known(references) -%}
    {%- for column in references %}
    left join known_{{ column.name }}
        on checked.{{ column.name }} = known_{{ column.name }}.known_key
    {%- endfor -%}
{%- endmacro %}


{#-
    Condition under which a reference is unknown. An optional reference to an extract that no batch has delivered is not
    checked: there is nothing to check it against.
-#}
{% macro is_unknown(column) -%}
    checked.{{ column.name }} is not null and known_{{ column.name }}.known_key is null
    {%- if column.reference_also is defined %} and checked.{{ column.name }} <> '{{ column.reference_also }}'{% endif %}
    {%- if not column.is_checked_required %} and exists (select 1 from known_{{ column.name }}){% endif %}
{%- endmacro %}


{#- The codes of unknown references, of required columns or of optional ones. -#}
{% macro reference_issues(references, required) -%}
    {%- set issues = [] -%}
    {%- for column in references if column.is_checked_required == required -%}
        {%- set code = 'bad_code:' if column.lookup is defined else 'unknown_reference:' -%}
        {%- do issues.append("case when " ~ is_unknown(column) ~ " then '" ~ code ~ column.name ~ "' end") -%}
    {%- endfor -%}
    {{ concatenated_codes(issues) }}
{%- endmacro %}


{#- A value behind its reference check: a looked-up one by the seed's spelling, an unknown optional one emptied. -#}
{% macro resolved_value(column) -%}
    {%- if column.lookup is defined and not column.is_checked_required -%}
        known_{{ column.name }}.known_value
    {%- elif column.references is defined and not column.is_checked_required -%}
        case when {{ is_unknown(column) }} then null else checked.{{ column.name }} end
    {%- else -%}
        checked.{{ column.staged_as }}
    {%- endif -%}
{%- endmacro %}


{#- Digest of everything a row says, to compare rows of one key; the unit separator keeps values apart. -#}
{% macro row_digest(contract, relation) -%}
    {%- set values = [] -%}
    {%- for column in contract.columns -%}
        {%- do values.append("coalesce(cast(" ~ relation ~ "." ~ column.staged_as ~ " as varchar), '~')") -%}
    {%- endfor -%}
    md5({{ values | join(" || '\u001f' || ") }})
{%- endmacro %}
