{#-
    What an industry code is looked up by: its section or its division, with or without the section's letter; NULL where the
    code is no code of GB/T 4754 at any depth. Deeper digits are not looked up: banks use codes of older editions below them.
-#}
{% macro industry_division(code) -%}
    case
        when {{ matches_pattern(code, '[A-T]') }} then {{ code }}
        when {{ matches_pattern(code, '[0-9]{2,4}') }} then substr({{ code }}, 1, 2)
        when {{ matches_pattern(code, '[A-T][0-9]{2,4}') }} then substr({{ code }}, 1, 3)
    end
{%- endmacro %}
