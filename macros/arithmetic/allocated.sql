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
                    *,
                    {{ divide_down('abs(' ~ amount_cents ~ ') * ' ~ weight, 'total_weight') }} as share_cents
                from (
                    select
                        *,
                        cast(sum({{ weight }}) over (partition by {{ partition_by | join(', ') }}) as {{ type_exact() }}) as total_weight
                    from {{ relation }}
                ) as weighted
            ) as shared
        ) as left_over
    ) as ranked
{%- endmacro %}
