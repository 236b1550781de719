{#-
    Text without surrounding blanks (the ideographic space among them), NULL when nothing is left. With `digits`, full-width
    digits and signs are made plain too. Text of visible ASCII, nearly all of it, passes as it is.
-#}
{% macro clean_text(text, digits=false) -%}
    {{ return(adapter.dispatch('clean_text')(text, digits)) }}
{%- endmacro %}

{% macro duckdb__clean_text(text, digits) -%}
    {%- set plain = "translate(" ~ text ~ ", '０１２３４５６７８９．，－＋／', '0123456789.,-+/')" if digits else text -%}
    case
        when {{ matches_pattern(text, '[!-~]+') }} then {{ text }}
        else nullif(trim({{ plain }}, '{{ " \t\r\n\u00a0\u3000" }}'), '')
    end
{%- endmacro %}

{% macro postgres__clean_text(text, digits) -%}
    {%- set plain = "translate(" ~ text ~ ", '０１２３４５６７８９．，－＋／', '0123456789.,-+/')" if digits else text -%}
    nullif(btrim({{ plain }}, '{{ " \t\r\n\u00a0\u3000" }}'), '')
{%- endmacro %}
