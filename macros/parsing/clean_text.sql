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


{#- Whether the whole text matches a pattern (RE2 and POSIX agree on the ones used here). -#}
{% macro matches_pattern(text, pattern) -%}
    {{ return(adapter.dispatch('matches_pattern')(text, pattern)) }}
{%- endmacro %}

{% macro duckdb__matches_pattern(text, pattern) -%}
    regexp_full_match({{ text }}, '{{ pattern }}')
{%- endmacro %}


{#- The value of a cast, NULL where it fails. -#}
{% macro try_cast(text, type) -%}
    {{ return(adapter.dispatch('try_cast')(text, type)) }}
{%- endmacro %}

{% macro duckdb__try_cast(text, type) -%}
    try_cast({{ text }} as {{ type }})
{%- endmacro %}
