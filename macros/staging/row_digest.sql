{#-
    Digest of everything a row says, to compare rows of one key; the unit separator keeps values apart. A row that is wrong in one
    batch and right in a later one, because its day has come, is not the same.
-#}
{% macro row_digest(contract, relation) -%}
    {%- set values = [] -%}
    {%- for column in contract.columns -%}
        {%- do values.append("coalesce(cast(" ~ relation ~ "." ~ column.staged_as ~ " as varchar), '~')") -%}
    {%- endfor -%}
    {%- if late_code(contract) -%}
        {%- do values.append("coalesce(" ~ relation ~ ".row_issues, '~')") -%}
    {%- endif -%}
    md5({{ values | join(" || '\u001f' || ") }})
{%- endmacro %}
