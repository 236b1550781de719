"""The analysts' shell: SQL on what is published, and no way out of it.

Two walls. DuckDB itself is locked: the file is open read-only, nothing outside it can be reached, no extension loads,
and none of that can be set again. And only statements that read are let through, without the functions that set
something in passing, so that an error says what is not done here.
"""

import csv
import json
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from decimal import Decimal
from functools import partial
from typing import TypeVar

import duckdb
from duckdb import DuckDBPyConnection, Statement, StatementType
from rich.box import SIMPLE_HEAD
from rich.console import Console, Group
from rich.measure import Measurement
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from bankmart.errors import BankmartError
from bankmart.explain_parts import printable
from bankmart.reading import open_publication
from bankmart.settings import PUBLISHED_SCHEMAS, Settings

LOCKS = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_persistent_secrets": False,
    "python_enable_replacements": False,
    # a query too large for memory fails: beside the publication nothing is written
    "temp_directory": "",
}
# tables are found without their schema; then nothing can be set any more
LOCK = f"set search_path = '{','.join(PUBLISHED_SCHEMAS)}'; set lock_configuration = true"
READING = (StatementType.SELECT, StatementType.EXPLAIN)
EXPLAIN = re.compile(r"\s*explain\b(\s+analyze\b)?(\s*\([^)]*\))?", re.IGNORECASE)
# they set or write something, or run a text that nobody has looked at
REFUSED_FUNCTIONS = {
    *("enable_logging", "disable_logging", "truncate_duckdb_logs", "enable_profiling", "disable_profiling"),
    *("checkpoint", "force_checkpoint", "query", "json_execute_serialized_sql", "write_log"),
}
SHOWN_ROWS = 200
T = TypeVar("T")
PROMPT, CONTINUED = "bankmart> ", "     ...> "
WORDS = {".tables": "what is published", ".columns marts.x": "what its columns mean", ".quit": "or Ctrl-D"}
TABLES = """
    select schema_name || '.' || table_name as relation, comment as meaning
    from duckdb_tables() where not internal order by all
"""
COLUMNS = """
    select column_name, data_type, comment as meaning
    from duckdb_columns() where schema_name || '.' || table_name = $1 order by column_index
"""


@contextmanager
def locked_publication(settings: Settings) -> Iterator[DuckDBPyConnection]:
    """The published file, for reading and for nothing else.

    Raises BankmartError when nothing is published.
    """
    with open_publication(settings.publication, settings.limits | LOCKS) as connection:
        connection.execute(LOCK)
        yield connection


def statements(connection: DuckDBPyConnection, text: str) -> list[Statement]:
    """The statements of a text, all of which only read.

    Raises BankmartError when the text is no SQL, or before anything runs when a statement does more than read.
    """
    try:
        found = connection.extract_statements(text)
    except duckdb.Error as error:
        raise BankmartError(one_line(error)) from None
    if not found:
        raise BankmartError("no statement is given: write one, such as from marts.dim_months")
    for statement in found:
        if statement.type not in READING:
            if re.search(r"\bpivot\b", text, re.IGNORECASE):
                raise BankmartError("pivot needs its values here: pivot x on y in ('a', 'b') using count(*)")
            kind = statement.type.name.lower().replace("_", " ")
            raise BankmartError(f"{kind} is not done here: the publication is only read; begin with select or from")
        if statement.type == StatementType.EXPLAIN:
            # explain analyze runs what it explains
            statements(connection, EXPLAIN.sub("", statement.query, count=1))
        else:
            refuse_functions(connection, statement.query)
    return found


def refuse_functions(connection: DuckDBPyConnection, query: str) -> None:
    """Raise BankmartError when a query calls a function that does more than read."""
    (tree,) = connection.execute("select json_serialize_sql($1)", [query]).fetchone()
    called = {name.lower() for name in function_names(json.loads(tree))} & REFUSED_FUNCTIONS
    if called:
        raise BankmartError(f"{', '.join(sorted(called))} is not called here: the publication is only read")


def function_names(tree: object) -> Iterator[str]:
    """Every function that a serialized statement calls."""
    if isinstance(tree, dict):
        if isinstance(tree.get("function_name"), str):
            yield tree["function_name"]
        tree = list(tree.values())
    if isinstance(tree, list):
        for branch in tree:
            yield from function_names(branch)


def run_statements(connection: DuckDBPyConnection, text: str, console: Console, as_csv: bool = False) -> None:
    """Run a text of statements and print what each answers.

    Raises BankmartError when a statement is refused or fails.
    """
    found = statements(connection, text)
    if as_csv and len(found) != 1:
        raise BankmartError(f"--csv takes one statement, not {len(found)}; run them one by one")
    for statement in found:
        try:
            cursor = interruptibly(connection, partial(connection.execute, statement))
            if statement.type == StatementType.EXPLAIN:
                console.print("\n".join(plan for _, plan in cursor.fetchall()), markup=False)
            else:
                answer(cursor, console, as_csv)
        except duckdb.Error as error:
            raise BankmartError(one_line(error)) from None
        except KeyboardInterrupt:
            raise BankmartError("the query was interrupted") from None


def interruptibly(connection: DuckDBPyConnection, work: Callable[[], T]) -> T:
    """What a connection answers, asked so that Ctrl-C ends it.

    Another thread asks: where DuckDB meets the signal itself, it waits for its tasks without stopping them.
    Raises KeyboardInterrupt once the work has ended, and what the work raises.
    """
    pool = ThreadPoolExecutor(max_workers=1)
    asked = pool.submit(work)
    try:
        return asked.result()
    except KeyboardInterrupt:
        # more than once: an interrupt is lost that comes between two steps of the work
        while not asked.done():
            with suppress(KeyboardInterrupt):
                connection.interrupt()
                wait([asked], timeout=0.1)
        raise
    finally:
        pool.shutdown(wait=False)


def answer(cursor: DuckDBPyConnection, console: Console, as_csv: bool) -> None:
    """Print the rows of a statement: all of them as CSV, the first ones as a table."""
    names = [column[0] for column in cursor.description]
    if as_csv:
        writer = csv.writer(console.file, lineterminator="\n")
        writer.writerow(names)
        while rows := interruptibly(cursor, partial(cursor.fetchmany, 10_000)):
            writer.writerows(rows)
        return
    rows = interruptibly(cursor, partial(cursor.fetchmany, SHOWN_ROWS + 1))
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for position, name in enumerate(names):
        is_number = all(isinstance(row[position], int | float | Decimal | None) for row in rows)
        table.add_column(Text(str(printable(name))), justify="right" if is_number else "left")
    for row in rows[:SHOWN_ROWS]:
        table.add_row(*(Text(shown(value)) for value in row))
    if Measurement.get(console, console.options.update(max_width=100_000), table).maximum > console.width:
        table = one_below_the_other(names, rows[:SHOWN_ROWS])
    console.print(table)
    more = (
        f"the first {SHOWN_ROWS} rows; --csv writes all"
        if len(rows) > SHOWN_ROWS
        else f"{len(rows)} row{'s' * (len(rows) != 1)}"
    )
    console.print(more, style="dim")


def one_below_the_other(names: list[str], rows: list[tuple]) -> Group:
    """Rows that are wider than the screen, a column a line."""
    blocks = []
    for number, row in enumerate(rows, start=1):
        block = Table.grid(padding=(0, 2))
        for name, value in zip(names, row, strict=True):
            block.add_row(Text(str(printable(name)), "cyan"), Text(shown(value)))
        blocks += [Rule(f"{number}", align="left", style="dim"), block]
    return Group(*blocks)


def shown(value: object) -> str:
    """A value as a table shows it; an amount has its thousands set apart, a number that may be a year has not."""
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, Decimal) else str(printable(value))


def one_line(error: duckdb.Error) -> str:
    """What DuckDB says, without the excerpt of the statement."""
    said = str(error).split("\nLINE ")[0].split("\n\nStack Trace")[0]
    return " ".join(said.split())


def prompt(connection: DuckDBPyConnection, console: Console, errors: Console) -> None:
    """Ask for statements until there are no more; a statement ends with a semicolon.

    An error is shown and the next statement asked for. Lines are remembered while the shell is open, and not written.
    """
    import readline  # noqa: F401  input() edits lines as soon as it is imported

    console.print("; ".join(f"{word}: {meaning}" for word, meaning in WORDS.items()), style="dim")
    text = ""
    while True:
        try:
            line = input(CONTINUED if text else PROMPT)
            text = f"{text}\n{line}" if text else line.strip()
            if text in (".quit", ".exit"):
                return
            if text.startswith(".") or text.endswith(";"):
                ready, text = text, ""
                obey(connection, ready, console)
        except BankmartError as error:
            errors.print(f"bankmart: {error}")
        except KeyboardInterrupt:
            text = ""
            console.print()
        except EOFError:
            return


def obey(connection: DuckDBPyConnection, text: str, console: Console) -> None:
    """Do what a line says that begins with a dot, and run every other one.

    Raises BankmartError when it cannot.
    """
    if not text.startswith("."):
        run_statements(connection, text, console)
        return
    word, _, name = text.partition(" ")
    if word == ".tables" and not name:
        answer(connection.execute(TABLES), console, as_csv=False)
    elif word == ".columns" and name:
        answer(connection.execute(COLUMNS, [name.strip()]), console, as_csv=False)
    else:
        raise BankmartError(f"{word} is not known here; known are {', '.join(WORDS)}")
