{#-
    The contract of an extract, as `_landing__sources.yml` declares it: its settings (`system`, `history`, `money`) and
    `columns`, each with its `name`, `type`, `sql_type`, checks and `staged_as`, the name it has from staging on.
-#}
{% macro extract_contract(extract) -%}
    {%- set table = (graph.sources.values() | selectattr('source_name', 'equalto', 'landing')
        | selectattr('name', 'equalto', extract) | list)[0] -%}
    {%- set types = table.source_meta.types or table.meta.types -%}
    {%- set columns = [] -%}
    {%- for column in table.columns.values() -%}
        {%- set meta = column.config.meta -%}
        {%- set settings = {
            'name': column.name,
            'sql_type': types[meta.type].sql,
            'is_checked_required': meta.get('key', false) or meta.get('required', false),
            'staged_as': column.name ~ ('_hash' if meta.type in ['secret', 'phone'] else ''),
        } -%}
        {%- do settings.update(meta) -%}
        {%- do columns.append(settings) -%}
    {%- endfor -%}
    {%- set contract = {'name': extract, 'columns': columns} -%}
    {%- do contract.update(table.config.meta) -%}
    {{ return(contract) }}
{%- endmacro %}
