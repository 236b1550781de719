{#-
    The rows of a table of staged records whose verdicts the delivered rows can change: those of which a reference was unknown, or
    has become unknown or known since another batch, and all of a key that stands among these or is delivered. What a row says
    itself, and the codes of reference seeds, are the same in two builds of one code and one set of rules. A row in quarantine
    does not list what was emptied, so all of them are judged where a reference is optional.
-#}
{% macro records_to_judge(contract, staged, delivered) -%}
{%- set keys = key_columns(contract) -%}
{%- set references = contract.columns | selectattr('references', 'defined') | list -%}
with

{{ checked_records(contract, delivered) }},

{{ known_references(references, contract) -}}

unsettled as (
    select
        records.batch_date,
        records.file_name,
        records.row_number
        {%- for key in keys %},
        records.{{ key }}
        {%- endfor %}
    from {{ staged }} as records
    {{ join_known(references, 'records') }}
    where
        records.reason_codes like '%unknown_reference:%'
        {%- if references | rejectattr('is_checked_required') | list %}
        or records.emptied_codes like '%unknown_reference:%'
        or records.record_status = 'quarantined'
        {%- endif %}
        or records.accepted_date <> {{ acceptance_date(references, 'records') }}
        {%- for column in references %}
        or ({{ is_unknown(column, 'records') }})
        {%- endfor %}
),

keys_to_judge as (
    select {{ keys | join(', ') }}
    from checked
    where {{ is_readable(contract, 'row_issues') }}
    union
    select {{ keys | join(', ') }}
    from unsettled
)

select
    records.batch_date,
    records.file_name,
    records.row_number
from {{ staged }} as records
inner join keys_to_judge
    on {% for key in keys %}records.{{ key }} = keys_to_judge.{{ key }}{% if not loop.last %} and {% endif %}{% endfor %}
union
select
    batch_date,
    file_name,
    row_number
from unsettled
{%- endmacro %}
