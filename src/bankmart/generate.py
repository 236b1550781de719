"""A synthetic bank of any size as an inbox, the same for the same seed, with errors whose verdicts are known."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb

from bankmart.contract import Column, Extract, extracts
from bankmart.errors import BankmartError, ExitCode
from bankmart.settings import PROJECT
from bankmart.sql_text import quoted

BANK = Path(__file__).with_name("synthetic_bank.sql")
POINT_RULES = PROJECT / "seeds" / "rules" / "rule_product_points.csv"
LAST_DAY = date(2026, 10, 31)
# rows of other extracts hang on these: they are left whole, and spoilt copies are put beside them
NAMED_EXTRACTS = (
    "customers",
    "accounts",
    "loans",
    "referrals",
    "referral_participants",
    "branches",
    "departments",
    "employees",
    "prospects",
)
REFERRAL_RULES = (
    "no_participant",
    "lead_is_participant",
    "shares_not_whole",
    "not_cross_line",
    "no_point_rule",
    "out_of_range:sold_date",
)


@dataclass(frozen=True)
class Fault:
    """A way to spoil a row: what stands in one of its columns, and the reason code that it earns."""

    column: str
    text: str
    reason_code: str


@dataclass(frozen=True)
class GeneratedBank:
    """What was written."""

    batch_dates: list[date]
    row_counts: dict[str, int]
    error_count: int


def generate(
    out: Path,
    customers: int,
    months: int,
    seed: int = 0,
    errors: float = 0.0,
    nights: int = 0,
    limits: Mapping[str, object] | None = None,
) -> GeneratedBank:
    """Write an inbox of a bank with so many customers and months of history up to 31 October 2026.

    The first batch holds all but the last two months, the others a month each; of the last month the last `nights` days
    are a batch each. With `errors`, that share of rows is spoilt or spoilt copies are added, everything is delivered as
    text, and `<out>.errors.csv` names every row that must be quarantined with its reason codes. The engine keeps within
    `limits`, a part of its configuration; what does not fit into memory goes to disk beside the inbox.

    Raises BankmartError (wrong usage) for numbers out of range or an inbox that holds something already.
    """
    check_arguments(out, customers, months, errors, nights)
    batches = batch_dates(months, nights)
    partial = out.with_name(f".partial-{out.name}")
    with duckdb.connect(config={"temp_directory": f"{partial}.tmp"} | dict(limits or {})) as connection:
        prepare(connection, customers, months, seed, batches)
        connection.execute(BANK.read_text(encoding="utf-8"))
        truth = out.with_name(out.name + ".errors.csv")
        if errors:
            connection.execute(
                "create table truth (batch_date date, extract varchar, ordinal bigint, reason_codes varchar)"
            )
            connection.execute("create macro spoils(key, salt) as chance(key, 'spoils ' || salt) < " + repr(errors))
            for extract in extracts().values():
                spoil(connection, extract)
            spoil_referrals(connection)
        shutil.rmtree(partial, ignore_errors=True)
        counts = {name: write_extract(connection, extract, batches, partial) for name, extract in extracts().items()}
        error_count = write_truth(connection, truth) if errors else 0
        if out.exists():
            out.rmdir()
        partial.rename(out)
    return GeneratedBank(batches, counts, error_count)


def check_arguments(out: Path, customers: int, months: int, errors: float, nights: int) -> None:
    """Refuse what no bank can be made of."""
    problems = []
    if customers < 1:
        problems.append(f"--customers {customers}: give at least 1")
    if not 1 <= months <= 240:
        problems.append(f"--months {months}: give 1 to 240")
    if not 0 <= errors <= 0.5:
        problems.append(f"--errors {errors}: give a share of rows from 0 to 0.5")
    if not 0 <= nights <= 28:
        problems.append(f"--nights {nights}: give 0 to 28")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        problems.append(f"{out} holds something already: give the name of a new directory")
    if problems:
        raise BankmartError(*problems, exit_code=ExitCode.WRONG_USAGE)


def batch_dates(months: int, nights: int) -> list[date]:
    """The days of the batches: the ends of the last three months, and of the last month its last nights."""
    ends = [LAST_DAY]
    while len(ends) < min(3, months):
        ends.insert(0, ends[0].replace(day=1) - timedelta(days=1))
    return [*ends[:-1], *(LAST_DAY - timedelta(days=days) for days in range(nights, -1, -1))]


def prepare(connection: duckdb.DuckDBPyConnection, customers: int, months: int, seed: int, batches: list[date]) -> None:
    """What the statements of the bank ask for: its size, its calendar and the products that earn points."""
    month_number = LAST_DAY.year * 12 + LAST_DAY.month - months
    first_day = date(month_number // 12, month_number % 12 + 1, 1)
    branches = min(max(customers // 2500, 12), 600)
    variables = {
        "customers": customers,
        "months": months,
        "seed": seed,
        "first_day": first_day,
        "last_day": LAST_DAY,
        "days": (LAST_DAY - first_day).days + 1,
        "first_batch": batches[0],
        "branches": branches,
        "tier1_branches": branches // 12,
        "tier2_branches": branches // 6,
        "first_outlet": 1 + branches // 12 + branches // 6,
        "employees": max(customers // 400, 5),
        "projects": max(customers // 5000, 3),
    }
    for name, value in variables.items():
        literal = f"date '{value}'" if isinstance(value, date) else str(value)
        connection.execute(f"set variable {name} = {literal}")
    for macro, offset in (("batch_of", 0), ("next_batch_of", 1)):
        cases = " ".join(
            f"when day <= date '{until}' then date '{batch}'"
            for until, batch in zip(batches, batches[offset:], strict=False)
        )
        connection.execute(f"create macro {macro}(day) as case when day is null then null {cases} end")
    connection.execute(
        "create table point_products as select row_number() over (order by product_code) - 1 as number, product_code, "
        "min(effective_from) as first_date, any_value(basis) as basis, any_value(unit) as unit "
        f"from read_csv('{quoted(POINT_RULES)}') group by product_code order by product_code"
    )


def spoil(connection: duckdb.DuckDBPyConnection, extract: Extract) -> None:
    """Give the rows of an extract's table an order, as text, spoil some of them, and remember the verdicts."""
    table, names = extract.name, [column.name for column in extract.columns]
    faults = list(possible_faults(extract))
    twin, repeat = len(faults), len(faults) + 1
    as_text = ", ".join(f"cast({name} as varchar) as {name}" for name in names)
    connection.execute(
        f"create or replace table {table} as "
        f"select row_number() over () * 4 as ordinal, batch_date, {as_text} from {table}"
    )
    connection.execute(
        f"create or replace temp table spoilt as select *, pick(ordinal, '{table} fault', {len(faults) + 2}) as fault "
        f"from {table} where spoils(ordinal, '{table}')"
    )
    connection.execute(
        f"insert into {table} "
        f"select * exclude (fault) replace (ordinal + 3 as ordinal) from spoilt where fault = {repeat}"
    )
    connection.execute(f"delete from spoilt where fault = {repeat}")
    twin_reasons = "duplicate_in_batch"
    if table in NAMED_EXTRACTS:
        connection.execute("update spoilt set ordinal = ordinal + 1")
        # what rows of other extracts name stays as it is; the spoilt copy has a name of its own
        if table == "referral_participants":
            twin_reasons += ";unknown_reference:department_id"
            connection.execute(f"update spoilt set department_id = 'twin ' || ordinal where fault = {twin}")
        else:
            connection.execute(f"update spoilt set {names[0]} = 'spoilt ' || {names[0]}")
    for number, fault in enumerate(faults):
        connection.execute(f"update spoilt set {fault.column} = {fault.text} where fault = {number}")
        remember(connection, table, f"'{fault.reason_code}'", f"spoilt where fault = {number}")
    # two rows of one key that say different things
    differing = next(column for column in reversed(extract.columns) if not column.is_key)
    connection.execute(
        f"insert into spoilt select * replace (ordinal + 1 as ordinal, {other_value(differing)} as {differing.name}) "
        f"from spoilt where fault = {twin}"
    )
    remember(connection, table, f"'{twin_reasons}'", f"spoilt where fault = {twin}")
    connection.execute(f"delete from {table} where ordinal in (select ordinal from spoilt)")
    connection.execute(f"insert into {table} select * exclude (fault) from spoilt")


def spoil_referrals(connection: duckdb.DuckDBPyConnection) -> None:
    """Add referrals that can be read and break a rule of their own, with the participants that make them."""
    rule = {reason: number for number, reason in enumerate(REFERRAL_RULES)}
    departments = "(1 + getvariable('tier1_branches'))"
    connection.execute(
        f"""
        create temp table ruled as
        select *, pick(ordinal, 'rule', {len(REFERRAL_RULES)}) as rule
        from referrals
        where spoils(ordinal, 'rules') and referral_id like 'R%' and status = 'confirmed'
        qualify row_number() over (partition by referral_id order by ordinal) = 1;
        update ruled set ordinal = ordinal + 3, referral_id = 'ruled ' || referral_id;
        update ruled set product_code = 'letter_of_credit' where rule = {rule["no_point_rule"]};
        update ruled set sold_date = cast(batch_date + 1 as varchar)
        where rule = {rule["out_of_range:sold_date"]};
        insert into referrals select * exclude (rule) from ruled;
        create temp table taking_part (rule bigint, business_line varchar, place bigint, share varchar);
        insert into taking_part values
            ({rule["lead_is_participant"]}, 'retail', 0, null),
            ({rule["lead_is_participant"]}, 'corporate', 0, null),
            ({rule["shares_not_whole"]}, 'corporate', 0, '0.5'),
            ({rule["shares_not_whole"]}, 'corporate', 1, '0.4'),
            ({rule["not_cross_line"]}, 'retail', 1, null),
            ({rule["no_point_rule"]}, 'corporate', 0, null);
        insert into referral_participants
        select
            4000000000 + ruled.ordinal * 4
            + row_number() over (partition by ruled.ordinal order by business_line, place),
            ruled.batch_date,
            ruled.referral_id,
            'D_' || upper(business_line)
            || lpad(cast((cast(right(lead_department_id, 3) as bigint) + place) % {departments} as varchar), 3, '0'),
            share
        from ruled inner join taking_part on ruled.rule = taking_part.rule;
        """
    )
    reasons = "[" + ", ".join(f"'{reason}'" for reason in REFERRAL_RULES) + "]"
    remember(connection, "referrals", f"({reasons})[1 + rule]", "ruled")


def remember(connection: duckdb.DuckDBPyConnection, table: str, reason: str, rows: str) -> None:
    """Write down which rows must be quarantined, and why."""
    connection.execute(f"insert into truth select batch_date, '{table}', ordinal, {reason} from {rows}")


def possible_faults(extract: Extract) -> Iterator[Fault]:
    """All ways in which a row of an extract can be wrong that the contract knows of."""
    for column in extract.columns:
        if not column.is_required:
            continue
        missing = "missing_key" if column.is_key else f"missing_value:{column.name}"
        yield Fault(column.name, "'  '", missing)
        if column.sql_type != "varchar":
            yield Fault(column.name, "'x' || ordinal", f"bad_type:{column.name}")
        if column.sql_type.startswith(("decimal", "integer")):
            yield Fault(column.name, "'" + "9" * 25 + "'", f"out_of_range:{column.name}")
        if column.codes or column.is_looked_up:
            yield Fault(column.name, "'spoilt'", f"bad_code:{column.name}")
        if column.references:
            yield Fault(column.name, "'nobody ' || ordinal", f"unknown_reference:{column.name}")


def other_value(column: Column) -> str:
    """Another good value of a column, as text."""
    if column.codes:
        return f"case {column.name} when '{column.codes[0]}' then '{column.codes[1]}' else '{column.codes[0]}' end"
    if column.sql_type == "date":
        return f"cast(coalesce(try_cast({column.name} as date), date '2020-01-01') + 1 as varchar)"
    if column.sql_type == "boolean":
        return f"cast(not coalesce(try_cast({column.name} as boolean), false) as varchar)"
    if column.sql_type == "varchar":
        return f"coalesce({column.name}, '') || ' twin'"
    return f"case when try_cast({column.name} as double) = 0.5 then '0.25' else '0.5' end"


def write_extract(connection: duckdb.DuckDBPyConnection, extract: Extract, batches: list[date], folder: Path) -> int:
    """Write the rows of an extract, a file a batch; the first batch has every extract, if only its columns."""
    columns = ", ".join(column.name for column in extract.columns)
    connection.execute(f"select * from {extract.name} limit 0")
    order = "order by ordinal" if connection.description[0][0] == "ordinal" else ""
    counts = dict(connection.execute(f"select batch_date, count(*) from {extract.name} group by batch_date").fetchall())
    for batch in batches:
        if counts.get(batch) or batch == batches[0]:
            path = folder / f"batch_date={batch}" / f"{extract.name}.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            connection.execute(
                f"copy (select {columns} from {extract.name} where batch_date = date '{batch}' {order}) "
                f"to '{quoted(path)}' (format parquet)"
            )
    return sum(counts.values())


def write_truth(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """Write where every spoilt row stands in its file."""
    numbered = " union all ".join(
        f"select '{name}' as extract, ordinal, "
        f"row_number() over (partition by batch_date order by ordinal) as row_number from {name}"
        for name in extracts()
    )
    connection.execute(
        "copy (select batch_date, extract, extract || '.parquet' as file, row_number, reason_codes "
        f"from truth inner join ({numbered}) using (extract, ordinal) order by all) "
        f"to '{quoted(path)}' (format csv, header)"
    )
    return connection.execute("select count(*) from truth").fetchone()[0]
