{#-
    Runs every generic test of the project in a few statements, and with `with_singular` the singular tests one by one, and logs,
    as one line of JSON, how many there are and the names of those that found rows. A test of its own costs dbt more than the
    engine; the command asks dbt for the details of those that failed. Tests named in `left_out` and those of models that were not
    built (`not_built`, their unique ids) are not run, nor are, of generic tests, the months, spans and events that were kept:
    they passed at the build before; singular ones say themselves what they look at (`is_made_anew`). A key that holds a month or day
    is looked for in one span of months after another where there are many rows (`month_spans`), as all at once do not fit in memory.
-#}
{% macro failed_checks(not_built=[], left_out=[], with_singular=false, checks_per_statement=10, customer_months=none) -%}
    {%- set first_month_made_anew = rebuild_start(relation_of('int_rebuild_start')) -%}
    {%- set spans = month_spans(first_month_made_anew, customer_months) -%}
    {%- set names = [] -%}
    {%- set queries = [] -%}
    {%- set singular_queries = [] -%}
    {%- for node in graph.nodes.values() if node.resource_type == 'test' and node.config.enabled -%}
        {%- if node.name in left_out or node.depends_on.nodes | select('in', not_built) | list
            or not (node.test_metadata or with_singular) -%}
            {%- continue -%}
        {%- endif -%}
        {%- if node.config.where or node.config.limit or node.config.fail_calc != 'count(*)' or node.config.error_if != '!= 0'
            or node.config.warn_if != '!= 0' -%}
            {{ exceptions.raise_compiler_error(node.name ~ ': failed_checks knows no where, limit, fail_calc, error_if or warn_if') }}
        {%- endif -%}
        {%- do names.append(node.name) -%}
        {%- if not node.test_metadata -%}
            {%- do singular_queries.append(broken_check(node.name, render(node.raw_code))) -%}
            {%- continue -%}
        {%- endif -%}
        {%- set tested = graph.nodes[node.attached_node] -%}
        {%- set is_grain = node.test_metadata.name == 'grain' -%}
        {%- set relation = api.Relation.create(tested.database, tested.schema, tested.alias) -%}
        {#- of one account or loan, a span that is kept begins and ends before those made anew -#}
        {%- set made_anew_by = {'monthly': 'period_month', 'spanned': 'to_date'}.get(tested.config.materialized)
            or (event_dates().get(tested.name) if is_grain) -%}
        {%- set is_dated_key = is_grain and made_anew_by in node.test_metadata.kwargs['columns'] -%}
        {%- set conditions = [] -%}
        {%- if is_dated_key and spans | length > 2 -%}
            {%- for months_from, months_until in spans -%}
                {%- do conditions.append(
                    made_anew_by ~ " >= cast('" ~ months_from ~ "' as date) and " ~ made_anew_by ~ " < cast('" ~ months_until ~ "' as date)"
                ) -%}
            {%- endfor -%}
            {%- do conditions.append(made_anew_by ~ ' is null') -%}
        {%- elif first_month_made_anew and made_anew_by and (is_dated_key or not is_grain or made_anew_by == 'to_date') -%}
            {%- do conditions.append(made_anew_by ~ " >= cast('" ~ first_month_made_anew ~ "' as date)") -%}
        {%- endif -%}
        {%- set arguments = {} -%}
        {%- for name, value in node.test_metadata.kwargs.items() if name not in ('model', 'column_name') -%}
            {%- do arguments.update({name: value}) -%}
        {%- endfor -%}
        {%- for condition in conditions or [none] -%}
            {%- set rows = '(select * from ' ~ relation ~ ' where ' ~ condition ~ ') as looked_at' if condition else relation -%}
            {%- do queries.append(broken_check(node.name, context['test_' ~ node.test_metadata.name](rows, **arguments))) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set failed = [] -%}
    {%- for batch in queries | batch(checks_per_statement) | list + singular_queries | batch(1) | list -%}
        {%- for row in run_query(batch | join('\nunion all\n')).rows -%}
            {%- do failed.append(row[0]) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do log(tojson({'check_count': names | length, 'failed': failed | unique | list}), info=true) -%}
{%- endmacro %}
