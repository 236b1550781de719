-- bounds are derived, never typed; the band without a lower bound takes everything below the others
with

bands as (
    {{ rules_in_force(ref('rule_matrix_bands'), ['matrix_code']) }}
),

final as (
    select
        matrix_code,
        axis,
        period_month,
        band_code,
        lower_bound,
        lead(lower_bound) over (
            partition by matrix_code, axis, period_month order by lower_bound asc nulls first
        ) as upper_bound
    from bands
)

select * from final
