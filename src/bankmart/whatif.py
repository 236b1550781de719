"""What would other rules do? The same landed inputs under other rule seeds, beside the build database.

The scratch database holds the other rules and what depends on them. Everything else is a view of the build database,
which is attached read-only: nothing is copied, whatever the size of the bank, and nothing of the warehouse can change.
"""

import difflib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from bankmart.dbt_command import Dbt, count_of, problems_of, published_models, warnings_of
from bankmart.errors import BankmartError, ExitCode
from bankmart.reading import month_of
from bankmart.seed_files import read_seed
from bankmart.settings import PROJECT, Settings
from bankmart.sql_text import quoted
from bankmart.warehouse import Build, rules_digest

RULES = PROJECT / "seeds" / "rules"
PRODUCTS = PROJECT / "seeds" / "reference" / "ref_products.csv"
SHOWN_CUSTOMERS = 10
PROFIT_TERMS = (
    *("loan_transfer_amount", "deposit_transfer_amount", "net_fee_amount", "capital_cost_amount"),
    *("operating_cost_amount", "credit_cost_amount", "profit_contribution_amount", "profit_contribution_r12_amount"),
)

# where every customer of a month stands in every scheme; segments are a scheme whose places follow the rules' priority
STANDINGS = """
    select customer_id, 'segment' as scheme_code, segment_code as place, matched_rule_priority as place_rank
    from {database}.marts.fct_customer_segments where period_month = $1
    union all
    select customer_id, scheme_code, coalesce(tier_code, 'unrated'), tier_rank
    from {database}.marts.fct_customer_tiers where period_month = $1
"""
MOVES = f"""
    with
    built as ({STANDINGS.format(database="bankmart")}),
    other as ({STANDINGS.format(database="whatif")}),
    ranks as (
        select scheme_code, place, max(place_rank) as place_rank
        from (from built union all from other) group by scheme_code, place
    ),
    moves as (
        select
            scheme_code, coalesce(built.place, 'none') as tier_now, coalesce(other.place, 'none') as tier_whatif,
            count(*) as customer_count
        from built full outer join other using (customer_id, scheme_code)
        group by all
    )
    select
        moves.scheme_code, tier_now, tier_whatif, ranks_now.place_rank as tier_rank_now,
        ranks_whatif.place_rank as tier_rank_whatif, customer_count
    from moves
    left join ranks as ranks_now on moves.scheme_code = ranks_now.scheme_code and moves.tier_now = ranks_now.place
    left join ranks as ranks_whatif
        on moves.scheme_code = ranks_whatif.scheme_code and moves.tier_whatif = ranks_whatif.place
    order by moves.scheme_code, tier_rank_now nulls last, tier_now, tier_rank_whatif nulls last, tier_whatif
"""
TIER_DIFFERENCES = """
    with
    built as (from bankmart.marts.fct_customer_tiers where period_month = $1),
    other as (from whatif.marts.fct_customer_tiers where period_month = $1)
    select
        customer_id, scheme_code, built.tier_code as tier_now, other.tier_code as tier_whatif,
        built.unrated_reason as unrated_reason_now, other.unrated_reason as unrated_reason_whatif,
        built.metric_code as metric_now, other.metric_code as metric_whatif,
        built.metric_value as metric_value_now, other.metric_value as metric_value_whatif,
        built.lower_bound as lower_bound_now, other.lower_bound as lower_bound_whatif,
        built.approval_reference as approval_reference_now, other.approval_reference as approval_reference_whatif
    from built full outer join other using (customer_id, scheme_code)
    where built.tier_code is distinct from other.tier_code or built.unrated_reason is distinct from other.unrated_reason
    order by scheme_code, customer_id
"""
PROFITS = """
    built as (from bankmart.marts.fct_customer_profits where period_month = $1),
    other as (from whatif.marts.fct_customer_profits where period_month = $1)
"""
PROFIT_TOTALS = f"with {PROFITS} " + " union all ".join(
    f"""
    select '{term}', coalesce(sum(built.{term}), 0) as now, coalesce(sum(other.{term}), 0) as whatif, whatif - now,
        count(*) filter (where built.{term} is distinct from other.{term})
    from built full outer join other using (customer_id)
    """
    for term in PROFIT_TERMS
)
PROFIT_DIFFERENCES = f"""
    with {PROFITS}
    select customer_id, {
    ", ".join(f"coalesce(other.{term}, 0) - coalesce(built.{term}, 0) as {term}_difference" for term in PROFIT_TERMS)
}
    from built full outer join other using (customer_id)
    where {" or ".join(f"built.{term} is distinct from other.{term}" for term in PROFIT_TERMS)}
    order by abs(profit_contribution_amount_difference) desc, customer_id
"""
MOST_DIFFERENT_CUSTOMERS = f"""
    select customer_id, customer_name, profit_contribution_amount_difference, profit_contribution_r12_amount_difference
    from ({PROFIT_DIFFERENCES} limit {SHOWN_CUSTOMERS}) inner join marts.dim_customers using (customer_id)
    order by abs(profit_contribution_amount_difference) desc, customer_id
"""
REWARD_DIFFERENCES = """
    select
        assessment_year, department_id,
        built.counted_points as counted_points_now, other.counted_points as counted_points_whatif,
        built.reward_amount as reward_amount_now, other.reward_amount as reward_amount_whatif,
        coalesce(other.reward_amount, 0) - coalesce(built.reward_amount, 0) as reward_amount_difference
    from bankmart.marts.fct_department_rewards as built
    full outer join whatif.marts.fct_department_rewards as other using (assessment_year, department_id)
    where built.counted_points is distinct from other.counted_points
        or built.reward_amount is distinct from other.reward_amount
    order by assessment_year, department_id
"""


@dataclass(frozen=True)
class RuleChange:
    """A file of rules, and how many of its rows differ from the rules in force."""

    name: str
    rows_out: int
    rows_in: int


@dataclass(frozen=True)
class Comparison:
    """What other rules do; every table is a list of rows in the order it is read in.

    `moves` holds the rows of MOVES, in which segments are a scheme of their own, and `unrated` or `none` (outside the
    scheme) stands where there is no tier. `profits` holds a row per term, `customers` those whose contribution differs
    most, `rewards` a row per year and department, `marts` how many rows differ of every rebuilt relation,
    `warnings` a line per test that found rows and stops nothing.
    """

    month: date
    as_of_date: str
    rules: list[RuleChange]
    model_count: int
    test_count: int
    seconds: float
    names: dict[tuple[str, str], str]
    moves: list[tuple]
    profits: list[tuple]
    customers: list[tuple]
    rewards: list[tuple]
    marts: list[tuple]
    warnings: list[str]


def whatif(
    settings: Settings,
    folder: Path,
    month: str | None = None,
    csv_folder: Path | None = None,
    progress: Callable[[int, int, str], None] = lambda *_: None,
) -> Comparison:
    """Rebuild what depends on the rules of a folder, and compare it with the build.

    The caller holds the lock of the home. With a folder for it, all differences are written as CSV. Raises
    BankmartError when the month or a file of rules cannot be read, there is no build of the present rules to compare
    with, or the other rules fail a test.
    """
    started = time.monotonic()
    build = Build.required(settings)
    if build.rules_digest != rules_digest():
        raise BankmartError(f"{PROJECT / 'seeds'} changed since the build: run bankmart build first, then compare")
    files = rule_files(folder)
    with scratch_folder(settings) as scratch:
        # dbt opens the database with settings of its own, so nobody else may have it open meanwhile
        with open_scratch(settings, scratch) as connection:
            period_month = known_month(connection, month)
            show_build(connection, without={f"rules.{path.stem}" for path in files})
            rules = [load_rules(connection, path) for path in files]
        dbt = Dbt(settings, date.fromisoformat(build.as_of_date), scratch, target="whatif")
        selection = ("--select", *(f"{path.stem}+" for path in files))
        results = dbt.build(progress, "--exclude-resource-types", "seed", *selection)
        with open_scratch(settings, scratch) as connection:
            problems = problems_of(connection, results)
            if problems:
                raise BankmartError(*problems, f"the rules of {folder} are not compared")
            if csv_folder is not None:
                write_differences(connection, period_month, csv_folder)
            return Comparison(
                month=period_month,
                as_of_date=build.as_of_date,
                rules=rules,
                model_count=count_of("model", results),
                test_count=count_of("test", results),
                names=code_names(connection),
                moves=rows_of(connection, MOVES, period_month),
                profits=rows_of(connection, PROFIT_TOTALS, period_month),
                customers=rows_of(connection, MOST_DIFFERENT_CUSTOMERS, period_month),
                rewards=rows_of(connection, REWARD_DIFFERENCES),
                marts=[
                    (relation, max(rows_apart(connection, relation)))
                    for relation in published_models(result.node for result in results)
                ],
                warnings=warnings_of(connection, results),
                seconds=round(time.monotonic() - started, 1),
            )


def rule_files(folder: Path) -> list[Path]:
    """The files of a folder, each named after the rule seed that it replaces; descriptions and equal products aside.

    Raises BankmartError with one line for every file that replaces none.
    """
    if not folder.is_dir():
        raise BankmartError(f"--rules {folder}: no such directory; give one with files named as those of {RULES}")
    known = {path.name for path in RULES.glob("*.csv")}
    files = sorted(
        path
        for path in folder.iterdir()
        if not path.name.startswith(".")
        and path.suffix not in (".md", ".yml")
        and not (path.name == PRODUCTS.name and path.read_bytes() == PRODUCTS.read_bytes())
    )
    problems = []
    for path in files:
        if path.name == PRODUCTS.name:
            problems.append(f"{path}: other products are not compared; put it into {PRODUCTS.parent} and build")
        elif path.name not in known:
            alike = difflib.get_close_matches(path.name, known, n=1, cutoff=0.5)
            hint = f"did you mean {alike[0]}?" if alike else "name it as one of these"
            problems.append(f"{path}: replaces no file of {RULES}; {hint}")
    if problems:
        raise BankmartError(*problems)
    if not files:
        raise BankmartError(f"--rules {folder}: no rules in it; put a changed copy of a file of {RULES} there")
    return files


@contextmanager
def scratch_folder(settings: Settings) -> Iterator[Path]:
    """Where the scratch database is, which is removed afterwards; what dbt knows of the project stays for next time."""
    folder = settings.home / "whatif"
    folder.mkdir(exist_ok=True)

    def remove_database() -> None:
        for path in folder.glob("whatif.duckdb*"):
            path.unlink()

    # a run that was killed may have left one
    remove_database()
    try:
        yield folder
    finally:
        remove_database()


@contextmanager
def open_scratch(settings: Settings, scratch: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The scratch database `whatif`, with the build attached to it as `bankmart`, for reading alone.

    Raises BankmartError (locked) when another program has the build database open for writing.
    """
    with duckdb.connect(str(scratch / "whatif.duckdb"), config=settings.limits) as connection:
        try:
            connection.execute(f"attach '{quoted(settings.database)}' as bankmart (read_only)")
        except duckdb.IOException as error:
            if "lock" not in str(error):
                raise
            problem = f"{settings.database} is open in another program ({str(error).splitlines()[0]}); close it there"
            raise BankmartError(problem, exit_code=ExitCode.LOCKED) from None
        yield connection


def known_month(connection: duckdb.DuckDBPyConnection, month: str | None) -> date:
    """The month to compare, by default the newest.

    Raises BankmartError when it cannot be read (wrong usage) or is not built.
    """
    first, newest = connection.execute(
        "select min(period_month), max(period_month) from bankmart.marts.dim_months"
    ).fetchone()
    if month is None:
        return newest
    chosen = month_of(month)
    if not first <= chosen <= newest:
        raise BankmartError(
            f"--month {month}: the build has the months {first:%Y-%m} to {newest:%Y-%m}; give one of them"
        )
    return chosen


def show_build(connection: duckdb.DuckDBPyConnection, without: set[str]) -> None:
    """Show every relation of the build in the scratch database."""
    relations = connection.execute(
        """
        select schema_name, table_name from duckdb_tables() where database_name = 'bankmart'
        union all
        select schema_name, view_name from duckdb_views() where database_name = 'bankmart' and not internal
        """
    ).fetchall()
    for schema in sorted({schema for schema, _ in relations}):
        connection.execute(f"create schema if not exists {schema}")
    for schema, name in relations:
        if f"{schema}.{name}" not in without:
            connection.execute(f"create view {schema}.{name} as from bankmart.{schema}.{name}")


def load_rules(connection: duckdb.DuckDBPyConnection, path: Path) -> RuleChange:
    """Load a file of rules in place of the seed that it is named after.

    Raises BankmartError when its columns are not those of the seed, or a value is not of its column's type.
    """
    seed = path.stem
    types = dict(row[:2] for row in connection.execute(f"describe bankmart.rules.{seed}").fetchall())
    read_seed(connection, path, types)
    connection.execute(f"create table rules.{seed} as select * exclude (file_row) from seed_rows")
    # a file without notes says nothing of them
    columns = ", ".join(row[0] for row in connection.execute(f"describe rules.{seed}").fetchall())
    return RuleChange(path.name, *rows_apart(connection, f"rules.{seed}", columns))


def rows_apart(connection: duckdb.DuckDBPyConnection, relation: str, columns: str = "*") -> tuple[int, int]:
    """How many rows of a relation only the build has, and how many only the scratch database."""
    built, other = f"select {columns} from bankmart.{relation}", f"select {columns} from whatif.{relation}"
    query = "select (select count(*) from ({0} except all {1})), (select count(*) from ({1} except all {0}))"
    return connection.execute(query.format(built, other)).fetchone()


def rows_of(connection: duckdb.DuckDBPyConnection, query: str, *parameters: object) -> list[tuple]:
    """The rows of a query."""
    return connection.execute(query, parameters).fetchall()


def code_names(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], str]:
    """The names of all codes, by code set and code."""
    query = "select code_set, code, name_en from marts.dim_codes"
    return {(code_set, code): name for code_set, code, name in rows_of(connection, query)}


def write_differences(connection: duckdb.DuckDBPyConnection, period_month: date, folder: Path) -> None:
    """Write every difference, customer by customer, as CSV files with the columns of the marts."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, query, parameters in (
        ("tier_migrations", MOVES, [period_month]),
        ("tier_differences", TIER_DIFFERENCES, [period_month]),
        ("profit_differences", PROFIT_DIFFERENCES, [period_month]),
        ("reward_differences", REWARD_DIFFERENCES, []),
    ):
        # a parameter does not reach a query inside COPY
        connection.execute(f"create or replace temp table differences as {query}", parameters)
        connection.execute(f"copy differences to '{quoted(folder / name)}.csv' (header)")
