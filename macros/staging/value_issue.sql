{#-
    Why a column's value cannot be used: a code, or NULL where it can. Needs the parsed value and, where its type is not text, the
    cleaned text. A key of which several parts are missing is missing once: not where one of the `parts_before` is, too.
-#}
{% macro value_issue(column, parts_before=[]) -%}
    {%- set name = column.name -%}
    {%- set missing = "'missing_key'" if column.key is defined else "'missing_value:" ~ name ~ "'" -%}
    {%- if parts_before -%}
        {%- set given = [] -%}
        {%- for part in parts_before -%}
            {%- set text = '' if part.sql_type == 'varchar' else ', ' ~ part.name ~ '__text' -%}
            {%- do given.append('coalesce(cast(' ~ part.name ~ ' as varchar)' ~ text ~ ') is not null') -%}
        {%- endfor -%}
        {%- set missing = 'case when ' ~ given | join(' and ') ~ ' then ' ~ missing ~ ' end' -%}
    {%- endif -%}
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
        when not {{ matches_pattern(name, '[+]?([ ()./*#-]{0,2}[0-9]){5,20}[)#]?') }} then 'bad_type:{{ name }}'
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
