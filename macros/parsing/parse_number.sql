{#- A number written in digits: thousands commas in their places, no more decimals than the type holds (zeros aside). -#}
{% macro parse_number(text, type) -%}
    case
        when {{ matches_pattern(text, number_pattern(type)) }} then {{ try_cast("replace(" ~ text ~ ", ',', '')", type) }}
    end
{%- endmacro %}
