{#- The batch that made a row acceptable: its own, or the later one that brought a reference it needs. -#}
{% macro acceptance_date(references, records='checked') -%}
    greatest(
            {{ records }}.batch_date
            {%- for column in references if column.is_checked_required and column.references is defined %},
            known_{{ column.name }}.accepted_date
            {%- endfor %}
        )
{%- endmacro %}
