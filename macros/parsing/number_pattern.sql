{#- How a number of the type may be written; one of 17 decimals with as many as a double has, of which the rest is rounded. -#}
{% macro number_pattern(type) -%}
    {%- set whole = '(\d+|\d{1,3}(,\d{3})+)' -%}
    {%- set scale = number_scale(type) -%}
    {%- if scale >= 17 -%}
        [+-]?({{ whole }}(\.\d*)?|\.\d+)
    {%- elif scale -%}
        [+-]?({{ whole }}(\.\d{0,{{ scale }}}0*)?|\.\d{1,{{ scale }}}0*)
    {%- else -%}
        [+-]?{{ whole }}(\.0*)?
    {%- endif -%}
{%- endmacro %}
