{#-
    Condition on a row's codes: it has none, or only that of a day after its batch. Such a row is in quarantine, and known: it is
    compared with the other rows of its key, and a later step says what it makes void.
-#}
{% macro is_readable(contract, codes) -%}
    {%- set late = late_code(contract) -%}
    {{ "coalesce(" ~ codes ~ ", " ~ late ~ ") = " ~ late if late else codes ~ " is null" }}
{%- endmacro %}
