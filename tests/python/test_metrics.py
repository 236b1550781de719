"""MetricFlow answers what bankers ask, from the published file, and says the same as SQL on the marts."""

from collections.abc import Callable, Iterator
from decimal import Decimal

import duckdb
import pytest
import yaml
from metricflow.engine.metricflow_engine import MetricFlowEngine, MetricFlowQueryRequest
from metricflow.protocols.sql_client import SqlEngine
from metricflow.sql.render.duckdb_renderer import DuckDbSqlPlanRenderer
from metricflow_semantics.model.dbt_manifest_parser import parse_manifest_from_dbt_generated_manifest
from metricflow_semantics.model.semantic_manifest_lookup import SemanticManifestLookup

from conftest import PROJECT, Warehouse

OCTOBER = "{{ TimeDimension('metric_time', 'month') }} = '2026-10-01'"
TWELVE_MONTHS = "{{ TimeDimension('metric_time', 'month') }} between '2025-11-01' and '2026-10-01'"
MONTHS = "marts.fct_customer_months"
PROFITS = "marts.fct_customer_profits"
COMPONENTS = ["loan_transfer", "deposit_transfer", "net_fees", "capital_cost", "operating_cost", "credit_cost"]

# question, metrics, grouped by, where, and the same in SQL
QUESTIONS = [
    (
        "How many customers does the bank have in the newest month?",
        ["customers"],
        [],
        [],
        f"select count(*) from {MONTHS} where period_month = '2026-10-01'",
    ),
    (
        "How many customers and how many of them on credit in each region in October?",
        ["customers", "credit_customers"],
        ["customer_month__region_code"],
        [OCTOBER],
        f"select region_code, count(*), count(*) filter (is_credit_customer) from {MONTHS} "
        "where period_month = '2026-10-01' group by 1",
    ),
    (
        "What do the segments hold in October?",
        ["customers", "deposit_balance", "loan_balance"],
        ["customer_month__segment_code"],
        [OCTOBER],
        f"select segment_code, count(*), sum(deposit_balance), sum(loan_balance) from {MONTHS} "
        "inner join marts.fct_customer_segments using (customer_id, period_month) "
        "where period_month = '2026-10-01' group by 1",
    ),
    (
        "How did average balances move from month to month?",
        ["deposit_average_balance", "loan_average_balance"],
        ["metric_time__month"],
        [],
        f"select period_month, sum(deposit_average_balance), sum(loan_average_balance) from {MONTHS} group by 1",
    ),
    (
        "What is the average balance of twelve months, by market?",
        ["deposit_average_balance_r12", "loan_average_balance_r12"],
        ["customer_month__market_type"],
        [OCTOBER],
        f"select market_type, sum(deposit_average_balance_r12), sum(loan_average_balance_r12) from {MONTHS} "
        "inner join marts.fct_customer_segments using (customer_id, period_month) "
        "where period_month = '2026-10-01' group by 1",
    ),
    (
        "What did each tier-1 branch contribute over twelve months?",
        ["profit_contribution"],
        ["branch__tier1_branch_id"],
        [TWELVE_MONTHS],
        f"select tier1_branch_id, sum(profit_contribution_amount) from {PROFITS} "
        "inner join marts.dim_branches using (branch_id) "
        "where period_month between '2025-11-01' and '2026-10-01' group by 1",
    ),
    (
        "From which components does the contribution of a month come?",
        [*COMPONENTS, "profit_contribution"],
        ["metric_time__month"],
        [],
        "select period_month, sum(loan_transfer_amount), sum(deposit_transfer_amount), sum(net_fee_amount), "
        "sum(capital_cost_amount), sum(operating_cost_amount), sum(credit_cost_amount), "
        f"sum(profit_contribution_amount) from {PROFITS} group by 1",
    ),
    (
        "What RAROC did companies and institutions earn over twelve months, and of what?",
        ["revenue", "economic_capital", "raroc"],
        ["customer_month__market_type"],
        [TWELVE_MONTHS, "{{ Dimension('customer_month__market_type') }} in ('company', 'institution')"],
        "select market_type, sum(revenue_amount), sum(economic_capital_amount), "
        "12 * sum(revenue_amount - operating_cost_amount - credit_cost_amount) / sum(economic_capital_amount) "
        f"from {PROFITS} inner join marts.fct_customer_segments using (customer_id, period_month) "
        "where period_month between '2025-11-01' and '2026-10-01' and market_type in ('company', 'institution') "
        "group by 1",
    ),
    (
        "What do the value groups contribute over twelve months, and how many customers are in them?",
        ["customers", "profit_contribution_r12"],
        ["customer_month__value_group_code"],
        [OCTOBER, "{{ Dimension('customer_month__value_group_code') }} is not null"],
        "select value_group_code, count(*), sum(profit_contribution_r12_amount) from marts.fct_customer_values "
        "where period_month = '2026-10-01' group by 1",
    ),
    (
        "How many customers are in each tier of enterprise size?",
        ["tiered_customers"],
        ["tier_assignment__tier_code"],
        [OCTOBER, "{{ Dimension('tier_assignment__scheme_code') }} = 'enterprise_size'"],
        "select tier_code, count(*) from marts.fct_customer_tiers "
        "where period_month = '2026-10-01' and scheme_code = 'enterprise_size' group by 1",
    ),
    (
        "Which departments earned how many points in which month?",
        ["points"],
        ["department__department_name", "metric_time__month"],
        [],
        "select department_name, posted_month, sum(points) from marts.fct_point_ledger "
        "inner join marts.dim_departments using (department_id) group by 1, 2",
    ),
    (
        "How many points were taken back, by product?",
        ["points"],
        ["ledger_entry__product_code"],
        ["{{ Dimension('ledger_entry__entry_type') }} = 'reversal'"],
        "select product_code, sum(points) from marts.fct_point_ledger where entry_type = 'reversal' group by 1",
    ),
    (
        "What share of the rows of each batch was refused?",
        ["rows_read", "quarantine_rate"],
        ["metric_time__day"],
        [],
        "select batch_date, sum(rows_read), sum(rows_quarantined) / sum(rows_read) "
        "from quality.extract_reconciliation group by 1",
    ),
    (
        "Which extracts of the last batch had refused rows?",
        ["rows_quarantined", "quarantine_rate"],
        ["extract_delivery__extract"],
        ["{{ TimeDimension('metric_time', 'day') }} = '2026-10-31'"],
        "select extract, rows_quarantined, rows_quarantined / rows_read "
        "from quality.extract_reconciliation where batch_date = '2026-10-31'",
    ),
]


class PublishedSql:
    """What MetricFlow must know of an engine to write SQL for it; the test runs the SQL itself."""

    sql_engine_type = SqlEngine.DUCKDB
    sql_plan_renderer = DuckDbSqlPlanRenderer()


@pytest.fixture(scope="module")
def ask(demo_bank: Warehouse) -> Iterator[Callable]:
    """Answers metrics by groups from the publication, as rows in the order of groups and metrics asked for."""
    result = demo_bank.dbt("parse")
    assert result.returncode == 0, result.stdout
    manifest = parse_manifest_from_dbt_generated_manifest(
        (demo_bank.home / "target" / "semantic_manifest.json").read_text(encoding="utf-8")
    )
    engine = MetricFlowEngine(SemanticManifestLookup(manifest), PublishedSql())
    publication = demo_bank.home / "published" / "current" / "bankmart.duckdb"
    with duckdb.connect(str(publication), read_only=True) as connection:

        def answer(metrics: list[str], groups: list[str], where: list[str]) -> list[tuple]:
            request = MetricFlowQueryRequest.create(
                metric_names=metrics, group_by_names=groups, where_constraints=where
            )
            cursor = connection.execute(engine.explain(request).sql_statement.sql)
            columns = [column[0] for column in cursor.description]
            order = [columns.index(name) for name in (*groups, *metrics)]
            return [tuple(row[at] for at in order) for row in cursor.fetchall()]

        yield answer


def comparable(rows: list[tuple]) -> list[tuple]:
    """Rows in one order, with dates as dates and rates at the precision of a rate."""
    plain = [tuple(as_written(value) for value in row) for row in rows]
    return sorted(plain, key=lambda row: tuple(str(value) for value in row))


def as_written(value: object) -> object:
    """A value whatever type its engine gave it."""
    if isinstance(value, float):
        return round(Decimal(repr(value)), 8)
    if isinstance(value, int | Decimal):
        return Decimal(value)
    return value if value is None else str(value)[:10] if hasattr(value, "year") else value


def test_every_metric_is_asked_for() -> None:
    files = (PROJECT / "models").rglob("_*__metrics.yml")
    named = {metric["name"] for file in files for metric in yaml.safe_load(file.read_text("utf-8")).get("metrics", [])}
    assert named == {name for _, metrics, *_ in QUESTIONS for name in metrics}


@pytest.mark.parametrize(
    ("question", "metrics", "groups", "where", "query"), QUESTIONS, ids=[question for question, *_ in QUESTIONS]
)
def test_a_metric_says_what_sql_says(
    demo_bank: Warehouse, ask, question: str, metrics: list[str], groups: list[str], where: list[str], query: str
) -> None:
    answer = comparable(ask(metrics, groups, where))
    assert answer == comparable(demo_bank.published_rows(query))
    assert answer
