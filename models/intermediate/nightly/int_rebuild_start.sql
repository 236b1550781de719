-- the first month of which the extracts say something else than at the last build; no row where no build is to be kept
{%- set kept = adapter.get_relation(this.database, this.schema, 'kept_fingerprints')
    if execute and env_var('BANKMART_KEEPS_MONTHS', '') else none %}
with

fingerprints as (
    select * from {{ ref('int_input_fingerprints') }}
),

kept_fingerprints as (
    {% if kept -%}
    select * from {{ kept }}
    {%- else -%}
    select * from fingerprints
    where false
    {%- endif %}
),

compared as (
    select coalesce(fingerprints.period_month, kept_fingerprints.period_month) as period_month
    from fingerprints
    full outer join kept_fingerprints
        on
            fingerprints.extract_name = kept_fingerprints.extract_name
            and fingerprints.period_month = kept_fingerprints.period_month
            and fingerprints.fingerprint = kept_fingerprints.fingerprint
            and fingerprints.row_count = kept_fingerprints.row_count
    where fingerprints.extract_name is null or kept_fingerprints.extract_name is null
),

-- with nothing new, a month that never comes
final as (
    select coalesce(min(period_month), cast('9999-12-01' as date)) as period_month
    from compared
    {%- if not kept %}
    where false
    group by period_month
    {%- endif %}
)

select * from final
