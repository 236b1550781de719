{#-
    The one matrix engine: every row of a relation with the bands that `x` and `y` fall into under a matrix and the result that
    the two bands give together. `x` and `y` are numeric columns; a matrix of one axis has no `y`, and one whose second axis is
    the result of another matrix gets that result's column as `y_band`. Adds `x_band_code`, `y_band_code`, what is missing to the
    next band of each axis, `result_code` and the rule that gave it.
-#}
{% macro graded(relation, matrix_code, x, y=none, y_band="'*'") -%}
    select
        subjects.*,
        x_bands.band_code as x_band_code,
        x_bands.upper_bound - subjects.{{ x }} as amount_to_next_x_band,
        {%- if y %}
        y_bands.band_code as y_band_code,
        y_bands.upper_bound - subjects.{{ y }} as amount_to_next_y_band,
        {%- else %}
        {{ y_band }} as y_band_code,
        {%- endif %}
        cells.result_code,
        cells.effective_from as rule_effective_from,
        cells.approval_reference
    from {{ relation }} as subjects
    left join {{ ref('int_matrix_bands') }} as x_bands
        on
            x_bands.matrix_code = '{{ matrix_code }}'
            and x_bands.axis = 'x'
            and subjects.period_month = x_bands.period_month
            and {{ in_band('subjects.' ~ x, 'x_bands.lower_bound', 'x_bands.upper_bound') }}
    {%- if y %}
    left join {{ ref('int_matrix_bands') }} as y_bands
        on
            y_bands.matrix_code = '{{ matrix_code }}'
            and y_bands.axis = 'y'
            and subjects.period_month = y_bands.period_month
            and {{ in_band('subjects.' ~ y, 'y_bands.lower_bound', 'y_bands.upper_bound') }}
    {%- endif %}
    left join ({{ rules_in_force(ref('rule_matrices'), ['matrix_code']) }}) as cells
        on
            cells.matrix_code = '{{ matrix_code }}'
            and subjects.period_month = cells.period_month
            and x_bands.band_code = cells.x_band_code
            and {{ 'y_bands.band_code' if y else y_band }} = cells.y_band_code
{%- endmacro %}
