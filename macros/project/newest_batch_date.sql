{#- The newest landed batch, asked of the manifest. -#}
{% macro newest_batch_date() -%}
    {%- set query -%}
        select max(batch_date) as batch_date from {{ source('landing', 'manifest') }} where is_current
    {%- endset -%}
    {%- set newest = run_query(query).columns[0].values()[0] -%}
    {%- if newest is none -%}
        {{ exceptions.raise_compiler_error('nothing is landed yet: run `bankmart land` first') }}
    {%- endif -%}
    {{ return(newest) }}
{%- endmacro %}
