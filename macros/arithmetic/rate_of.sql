{#-
    Quotient of two amounts as a rate of 8 decimals, rounded half away from zero; NULL for a zero whole and where
    `from_rate_units` has none. For thousands of rows, not for millions: `to_cents` is faster than the conversion here, which
    takes sums of more digits.
-#}
{% macro rate_of(part, whole) -%}
    {%- set cents = [] -%}
    {%- for amount in (part, whole) -%}
        {%- do cents.append('cast(cast(' ~ amount ~ ' as decimal(22,2)) * 100 as ' ~ type_exact() ~ ')') -%}
    {%- endfor -%}
    {{ from_rate_units(round_divide(cents[0] ~ ' * 100000000', cents[1])) }}
{%- endmacro %}
