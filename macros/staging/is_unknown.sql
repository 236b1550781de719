{#-
    Condition under which a reference is unknown. An optional reference to an extract that no batch has delivered is not
    checked: there is nothing to check it against.
-#}
{% macro is_unknown(column, records='checked') -%}
    {{ records }}.{{ column.name }} is not null and known_{{ column.name }}.known_key is null
    {%- if column.reference_also is defined %} and {{ records }}.{{ column.name }} <> '{{ column.reference_also }}'{% endif %}
    {%- if not column.is_checked_required %} and exists (select 1 from known_{{ column.name }}){% endif %}
{%- endmacro %}
