{#- The newest version of every entity: its dates, and what a reader wants to see today. -#}
{% macro newest_version(relation, key) -%}
    select *
    from (
        select
            *,
            row_number() over (partition by {{ key }} order by batch_date desc) as version_age
        from {{ relation }}
    ) as versions
    where version_age = 1
{%- endmacro %}
