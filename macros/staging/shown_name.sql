{#-
    The name of a customer or prospect as staging shows it: a person's is masked. A sole trader may trade under his own name, and
    it is a person's unless `trade_names` has it, which stands beside it as the CTE `traders`.
-#}
{% macro shown_name() -%}
    case
        when
            party_type = 'individual'
            or (party_type = 'sole_trader' and customer_name not in (select traders.trade_name from traders))
            then {{ masked_name('customer_name') }}
        else customer_name
    end
{%- endmacro %}
