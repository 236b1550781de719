{#-
    Functions that the project's statements call, made in the build database before each run. DuckDB divides hugeints bit by bit,
    four times slower than these: the first guess, by floating point, is right to 15 digits, the quotient of what it leaves over
    mends it to within one, and the last remainder says which way. To the engine they are text that it copies into the statement;
    as text of the models they would make them ten times as long.
-#}
{% macro create_functions() -%}
    {{ return(adapter.dispatch('create_functions')()) }}
{%- endmacro %}

{% macro default__create_functions() -%}
{%- endmacro %}

{% macro duckdb__create_functions() -%}
    {%- for division, rounding in {'divide_down': 'floor', 'round_divide': 'round'}.items() %}
    create or replace macro {{ division }}_guess(numerator, denominator) as
        cast({{ rounding }}(cast(numerator as double) / cast(nullif(denominator, 0) as double)) as hugeint);
    create or replace macro {{ division }}_within_one(numerator, denominator) as
        {{ division }}_guess(numerator, denominator)
        + {{ division }}_guess(numerator - {{ division }}_guess(numerator, denominator) * denominator, denominator);
    create or replace macro {{ division }}_rest(numerator, denominator) as
        numerator - {{ division }}_within_one(numerator, denominator) * denominator;
    {%- endfor %}
    create or replace macro divide_down(numerator, denominator) as
        divide_down_within_one(numerator, denominator)
        + cast(divide_down_rest(numerator, denominator) >= denominator as integer)
        - cast(divide_down_rest(numerator, denominator) < 0 as integer);
    create or replace macro round_divide(numerator, denominator) as
        round_divide_within_one(numerator, denominator)
        + cast(2 * round_divide_rest(numerator, denominator) + cast(numerator > 0 as integer) > denominator as integer)
        - cast(cast(numerator < 0 as integer) - 2 * round_divide_rest(numerator, denominator) > denominator as integer);
{%- endmacro %}
