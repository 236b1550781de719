{#-
    The names of the parameters that models ask for, read from the models themselves; with `bank_wide`, of those that hold for the
    whole bank, of which no model looks up a region's own row.
-#}
{% macro parameters_read(bank_wide=false) -%}
    {%- set names = [] -%}
    {%- if execute -%}
        {%- for node in graph.nodes.values() if node.resource_type == 'model' -%}
            {%- set looks_up_regions = 'int_parameters_in_force' in node.raw_code -%}
            {%- set ending = " and region_code = '\\*'" if bank_wide and looks_up_regions else '' -%}
            {%- for listed in modules.re.findall("parameter_code\\s+(?:=|in)\\s+\\(?((?:\\s*'[a-z0-9_]+',?)+)" ~ ending, node.raw_code) -%}
                {%- do names.extend(modules.re.findall("[a-z0-9_]+", listed)) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(names | unique | sort) }}
{%- endmacro %}
