{#-
    The name of a customer or prospect as staging shows it, of the staged records given: a person's is masked. A sole trader may
    trade under his own name: it is a person's unless it contains a word that says that it is an organization's.
-#}
{% macro shown_name(records) -%}
    case
        when
            party_type = 'individual'
            or (
                party_type = 'sole_trader'
                and customer_name not in (
                    select traders.customer_name
                    from {{ records }} as traders
                    inner join {{ ref('ref_organization_words') }} as words
                        on {{ normalised_name('traders.customer_name') }} like '%' || words.word || '%'
                    where traders.party_type = 'sole_trader'
                )
            )
            then {{ masked_name('customer_name') }}
        else customer_name
    end
{%- endmacro %}
