{#-
    An amount in cents divided among the rows of a partition in proportion to their whole-number weights, to the cent, by the
    largest remainder: every row gets its share rounded towards zero, and the cents left over go one each to the rows with the
    largest remainders, ties by `tie_break`. Adds `allocated_cents`; the parts sum to the amount. Partitions without any weight
    must be left out before.
-#}
{% macro allocated(relation, partition_by, amount_cents, weight, tie_break) -%}
    select
        *,
        sign({{ amount_cents }}) * (
            share_cents + case when remainder_rank <= abs({{ amount_cents }}) - total_share_cents then 1 else 0 end
        ) as allocated_cents
    from (
        select
            *,
            sum(share_cents) over (partition by {{ partition_by | join(', ') }}) as total_share_cents,
            row_number() over (
                partition by {{ partition_by | join(', ') }}
                order by remainder desc, {{ tie_break }}
            ) as remainder_rank
        from (
            select
                *,
                abs({{ amount_cents }}) * {{ weight }} - share_cents * total_weight as remainder
            from (
                select
                    parts.*,
                    totals.total_weight,
                    {{ divide_down('abs(parts.' ~ amount_cents ~ ') * parts.' ~ weight, 'totals.total_weight') }} as share_cents
                from {{ relation }} as parts
                -- totals joined, not windowed: they need no order
                inner join (
                    select
                        {{ partition_by | join(',\n                        ') }},
                        cast(sum({{ weight }}) as {{ type_exact() }}) as total_weight
                    from {{ relation }}
                    group by {{ partition_by | join(', ') }}
                ) as totals
                    on
                        {%- for column in partition_by %}
                        {{ 'and ' if not loop.first }}parts.{{ column }} = totals.{{ column }}
                        {%- endfor %}
            ) as shared
        ) as left_over
    ) as ranked
{%- endmacro %}
