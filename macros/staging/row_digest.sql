{#- Digest of everything a row says, to compare rows of one key; the unit separator keeps values apart. -#}
{% macro row_digest(contract, relation) -%}
    {%- set values = [] -%}
    {%- for column in contract.columns -%}
        {%- do values.append("coalesce(cast(" ~ relation ~ "." ~ column.staged_as ~ " as varchar), '~')") -%}
    {%- endfor -%}
    md5({{ values | join(" || '\u001f' || ") }})
{%- endmacro %}
