{#-
    The rows of a rule seed in force at the end of every month, beside `period_month`: of each scope (columns), those with the
    newest `effective_from` not after the period's end. A change is a whole new set of rows, so the set is taken whole.
-#}
{% macro rules_in_force(rules, scope=[]) -%}
    select *
    from (
        select
            months.period_month,
            rules.*,
            rank() over (
                partition by months.period_month{% for column in scope %}, rules.{{ column }}{% endfor %}
                order by rules.effective_from desc
            ) as rule_age
        from {{ ref('int_months') }} as months
        inner join {{ rules }} as rules
            on months.period_end_date >= rules.effective_from
    ) as dated_rules
    where rule_age = 1
{%- endmacro %}
