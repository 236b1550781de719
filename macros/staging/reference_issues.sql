{#- The codes of unknown references, of required columns or of optional ones. -#}
{% macro reference_issues(references, required) -%}
    {%- set issues = [] -%}
    {%- for column in references if column.is_checked_required == required -%}
        {%- set code = 'bad_code:' if column.lookup is defined else 'unknown_reference:' -%}
        {%- do issues.append("case when " ~ is_unknown(column) ~ " then '" ~ code ~ column.name ~ "' end") -%}
    {%- endfor -%}
    {{ concatenated_codes(issues) }}
{%- endmacro %}
