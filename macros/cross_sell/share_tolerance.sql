{#- How far the participants' shares of a referral may sum off 1 (specification 2). -#}
{% macro share_tolerance() -%}0.0001{%- endmacro %}
