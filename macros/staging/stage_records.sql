{#-
    The staged records of an extract: every landed row of the batches up to the as-of date, parsed once, with its verdict.

    record_status  accepted     the row counts (`history: versions`: every changed version; `newest`: the newest of its key)
                   superseded   the row repeats another one of its key, or a newer batch has replaced it
                   quarantined  a key or required value is missing, unreadable or unknown, or two rows claim one key
    accepted_date  the batch that made the row acceptable: its own, or the later one that brought a reference it needs; of a row in
                   quarantine only where nothing else is wrong than a day after its batch
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
