{#-
    Quotient of two hugeints to within one, for DuckDB: the first guess is right to 15 digits, and the quotient of what is left
    over mends the rest. The whole part of a guess is taken by `rounding`.
-#}
{% macro corrected_quotient(numerator, denominator, rounding) -%}
    {%- set divisor = 'cast(nullif(' ~ denominator ~ ', 0) as double)' -%}
    {%- set guess = 'cast(' ~ rounding ~ '(cast((' ~ numerator ~ ') as double) / ' ~ divisor ~ ') as hugeint)' -%}
    ({{ guess }} + cast({{ rounding }}(cast((({{ numerator }}) - {{ guess }} * ({{ denominator }})) as double) / {{ divisor }}) as hugeint))
{%- endmacro %}
