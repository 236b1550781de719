{#-
    The half-open interval of period ends in which a version of an entity is in force: the newest version whose batch is not after
    the period's end, else the first one known (specification 3, "Attributes in force").
-#}
{% macro in_force_columns(key) -%}
    case
        when row_number() over (partition by {{ key }} order by batch_date) = 1 then cast('0001-01-01' as date)
        else batch_date
    end as in_force_from,
    coalesce(lead(batch_date) over (partition by {{ key }} order by batch_date), cast('9999-12-31' as date)) as in_force_to
{%- endmacro %}
