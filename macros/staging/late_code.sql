{#-
    The code of a row of which a day lies after its batch (`not_after_batch`), in quotes; none where an extract has no such column. It
    has one at most, which is required, and keeps its versions: in an extract of which the newest row counts, such a row would leave none.
-#}
{% macro late_code(contract) -%}
    {%- set columns = contract.columns | selectattr('not_after_batch', 'defined') | list -%}
    {%- if columns and (columns | length > 1 or not columns[0].is_checked_required or contract.history != 'versions') -%}
        {{ exceptions.raise_compiler_error(contract.name ~ ': not_after_batch is for one required column of an extract with `history: versions`') }}
    {%- endif -%}
    {{ return("'out_of_range:" ~ columns[0].name ~ "'" if columns else none) }}
{%- endmacro %}
