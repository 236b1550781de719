{#-
    Exact money. Inside, money is counted in cents and rates in units of 10^-8, both whole numbers of the widest integer the
    engine has, so that every sum and product is exact whatever the order; the result is rounded once and becomes a decimal.
-#}

{#- Widest exact whole number. -#}
{% macro type_exact() -%}
    {{ return(adapter.dispatch('type_exact')()) }}
{%- endmacro %}

{% macro duckdb__type_exact() -%}hugeint{%- endmacro %}


{#- An amount in yuan as whole cents. -#}
{% macro to_cents(amount) -%}
    cast({{ amount }} * 100 as {{ type_exact() }})
{%- endmacro %}


{#- A rate of up to 8 decimals as whole units of 10^-8. -#}
{% macro to_rate_units(rate) -%}
    cast(cast({{ rate }} as decimal(28,8)) * 100000000 as {{ type_exact() }})
{%- endmacro %}


{#- Whole cents as an amount in yuan; fails loudly where the amount does not fit decimal(18,2). -#}
{% macro to_amount(cents) -%}
    cast(cast({{ cents }} as decimal(20,0)) * cast(0.01 as decimal(3,2)) as decimal(18,2))
{%- endmacro %}


{#- Quotient of two whole numbers, rounded half away from zero; NULL for a zero denominator, which must be positive. -#}
{% macro round_divide(numerator, denominator) -%}
    {{ return(adapter.dispatch('round_divide')(numerator, denominator)) }}
{%- endmacro %}

{% macro duckdb__round_divide(numerator, denominator) -%}
    case
        when {{ denominator }} > 0 then sign({{ numerator }}) * ((2 * abs({{ numerator }}) + {{ denominator }}) // (2 * {{ denominator }}))
    end
{%- endmacro %}
