{#- The value of a cast, NULL where it fails. -#}
{% macro try_cast(text, type) -%}
    {{ return(adapter.dispatch('try_cast')(text, type)) }}
{%- endmacro %}

{% macro duckdb__try_cast(text, type) -%}
    try_cast({{ text }} as {{ type }})
{%- endmacro %}

{#- PostgreSQL 15 cannot try: a date is looked up in the calendar, a number compared with what the type holds; one too long for any is none. -#}
{% macro postgres__try_cast(text, type) -%}
    {%- if type == 'date' -%}
    case
        when substr({{ text }}, 6, 2) between '01' and '12'
            and substr({{ text }}, 9, 2) between '01' and to_char(
                cast(substr({{ text }}, 1, 7) || '-01' as date) + interval '1 month' - interval '1 day', 'DD'
            )
            then cast({{ text }} as date)
    end
    {%- elif type == 'integer' -%}
    case when length(cast({{ text }} as varchar)) < 1000 and cast({{ text }} as numeric) between -2147483648 and 2147483647 then cast(cast({{ text }} as numeric) as integer) end
    {%- else -%}
    {%- set precision = type.split('(')[1].split(',')[0] | int -%}
    case when length(cast({{ text }} as varchar)) < 1000 and abs(cast({{ text }} as numeric)) < {{ power_of_ten(precision - number_scale(type)) }} then cast({{ text }} as {{ type }}) end
    {%- endif -%}
{%- endmacro %}
