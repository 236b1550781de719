{#- The names of sole traders among staged records that say that they are an organization's: they contain one of its words. -#}
{% macro trade_names(records) -%}
select records.customer_name as trade_name
from {{ records }} as records
inner join {{ ref('ref_organization_words') }} as words
    on {{ normalised_name('records.customer_name') }} like '%' || words.word || '%'
where records.party_type = 'sole_trader'
group by records.customer_name
{%- endmacro %}
