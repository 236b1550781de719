{#- How far shares may sum off 1 where `rule_parameters` has no row `share_tolerance` (specification 2). -#}
{% macro share_tolerance() -%}0.0001{%- endmacro %}
