{#-
    The newest batch whose verdicts a build keeps in a table of staged records; none where it judges every row. Only the command
    asks for less than all (BANKMART_KEEPS_VERDICTS_UNTIL): it knows that rules, code and key are those of the last build, and
    that no file up to that batch has come or gone since. A table that does not hold the rows of just these files is made anew.
-#}
{% macro verdicts_kept_until(relation, contract) -%}
    {%- set until = env_var('BANKMART_KEEPS_VERDICTS_UNTIL', '') -%}
    {%- if not until or should_full_refresh() or load_cached_relation(relation) is none -%}
        {{ return(none) }}
    {%- endif -%}
    {%- set holds_the_files -%}
        select
            max(staged.batch_date) <= cast('{{ until }}' as date)
            and count(*) = (
                select sum(row_count) from {{ source('landing', 'manifest') }}
                where extract = '{{ contract.name }}' and is_current and batch_date <= cast('{{ until }}' as date)
            )
        from {{ relation }} as staged
    {%- endset -%}
    {{ return(until if run_query(holds_the_files).columns[0].values()[0] else none) }}
{%- endmacro %}
