{#- Every code that the contract accepts and every extract it knows, as rows (code set, code) of a VALUES list. -#}
{% macro contract_codes() -%}
    {%- set rows = [] -%}
    {%- for model in base_models() if execute -%}
        {%- do rows.append("('extract', '" ~ extract_of(model) ~ "')") -%}
        {%- for column in extract_contract(extract_of(model)).columns if column.codes is defined -%}
            {%- for code in column.codes -%}
                {%- do rows.append("('" ~ column.code_set ~ "', '" ~ code ~ "')") -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(rows | unique | join(', ') or "('', '')") }}
{%- endmacro %}
