{#-
    Quotient of two whole numbers, rounded towards minus infinity; the denominator must be positive. What is judged is rounded so: a
    bound is reached by the rounded quotient exactly where the quotient itself reaches it, as long as the bound has no more decimals.
-#}
{% macro floor_divide(numerator, denominator) -%}
    {%- set is_negative = 'case when ' ~ numerator ~ ' < 0 then 1 else 0 end' -%}
    ((1 - 2 * {{ is_negative }}) * {{ divide_down('abs(' ~ numerator ~ ') + ' ~ is_negative ~ ' * (' ~ denominator ~ ' - 1)', denominator) }})
{%- endmacro %}
