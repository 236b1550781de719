{#-
    A product of whole numbers as an amount in yuan: cents (or cents × days) times factors in whole units, divided by the
    scale of its factors and by days, rounded once. `digits` is the sum of the factors' decimals.
-#}
{% macro amount_of(product, digits, days=none) -%}
    {{ to_amount(round_divide('(' ~ product ~ ')', '(' ~ power_of_ten(digits) ~ (' * ' ~ days if days else '') ~ ')')) }}
{%- endmacro %}
