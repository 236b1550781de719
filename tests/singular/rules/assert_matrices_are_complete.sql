-- the bug it looks for: a pair of bands without a cell, an axis without a lowest band, or a cell that names no band or no grade;
-- a subject that falls there would have no grade
with

bands as (
    select * from {{ ref('rule_matrix_bands') }}
),

cells as (
    select * from {{ ref('rule_matrices') }}
),

codes as (
    select * from {{ ref('ref_codes') }}
),

-- the second axis of a matrix may have no bands of its own: there is one axis only, or it is the result of another matrix
second_axes as (
    select
        matrix_code,
        effective_from,
        y_band_code
    from cells
    group by matrix_code, effective_from, y_band_code
),

pairs as (
    select
        bands.matrix_code,
        bands.effective_from,
        bands.band_code as x_band_code,
        second_axes.y_band_code
    from bands
    inner join second_axes
        on
            bands.matrix_code = second_axes.matrix_code
            and bands.effective_from = second_axes.effective_from
    where bands.axis = 'x'
),

y_bands as (
    select * from bands
    where axis = 'y'
)

select 'rule_matrices has no cell ' || pairs.x_band_code || ' / ' || pairs.y_band_code || ' in ' || pairs.matrix_code as message
from pairs
left join cells
    on
        pairs.matrix_code = cells.matrix_code
        and pairs.effective_from = cells.effective_from
        and pairs.x_band_code = cells.x_band_code
        and pairs.y_band_code = cells.y_band_code
where cells.result_code is null
union all
select 'rule_matrices has a cell of the unknown band ' || cells.x_band_code || ' in ' || cells.matrix_code as message
from cells
left join pairs
    on
        cells.matrix_code = pairs.matrix_code
        and cells.effective_from = pairs.effective_from
        and cells.x_band_code = pairs.x_band_code
where pairs.x_band_code is null
union all
select 'rule_matrices has no cell with the band ' || y_bands.band_code || ' on the y axis of ' || y_bands.matrix_code as message
from y_bands
left join second_axes
    on
        y_bands.matrix_code = second_axes.matrix_code
        and y_bands.effective_from = second_axes.effective_from
        and y_bands.band_code = second_axes.y_band_code
where second_axes.y_band_code is null
union all
select
    'the ' || axis || ' axis of ' || matrix_code || ' from ' || cast(effective_from as varchar)
    || ' has not exactly one band without a lower bound' as message
from bands
group by matrix_code, axis, effective_from
having sum(case when lower_bound is null then 1 else 0 end) <> 1
union all
select 'rule_matrices gives ' || cells.result_code || ' in ' || cells.matrix_code || ', which ref_codes does not name' as message
from cells
left join codes
    on
        cells.matrix_code = codes.code_set
        and cells.result_code = codes.code
where codes.code is null
