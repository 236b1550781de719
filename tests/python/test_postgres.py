"""The same models on PostgreSQL: every mart is compared with DuckDB's, row by row.

A server is started for these tests where its programs are installed; elsewhere they are skipped.
"""

import hmac
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from bankmart.postgres import LOCK, escaped
from bankmart.privacy import DEMO_KEY
from bankmart.sql_text import quoted
from conftest import PROJECT, Warehouse
from test_arithmetic import cases

TEMPLATE = "template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8'"


def server_program(name: str) -> str:
    """Where a program of the server is; Debian keeps them off the PATH."""
    found = shutil.which(name) or next(map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))[-1:]), None)
    if found is None:
        pytest.skip("no PostgreSQL server is installed on this machine")
    return found


@pytest.fixture(scope="module")
def server() -> Iterator[dict[str, str]]:
    """A server of its own on a socket, as libpq's environment; its user owns one database and is nobody special."""
    # it refuses to run as root
    user = "nobody" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="bankmart-postgres-") as folder:
        if user:
            shutil.chown(folder, user)
        data, log = Path(folder) / "data", Path(folder) / "log"

        def start(program: str, *arguments: str) -> subprocess.Popen:
            command = [server_program(program), "-D", str(data), *arguments]
            with log.open("ab") as messages:
                return subprocess.Popen(command, user=user, stdout=subprocess.DEVNULL, stderr=messages)

        made = start("initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync")
        assert made.wait() == 0, log.read_text()
        running = start("postgres", "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off")
        environment = {"PGHOST": folder, "PGUSER": "bankmart", "PGDATABASE": "bankmart", "PGPASSWORD": ""}
        try:
            connection = connected(folder, running, log)
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("create role bankmart login")
                cursor.execute(f"create database bankmart owner bankmart {TEMPLATE}")
            connection.close()
            yield environment
        finally:
            running.terminate()
            running.wait()


def connected(folder: str, running: subprocess.Popen, log: Path) -> "psycopg2.extensions.connection":
    """A connection as soon as the server takes one."""
    for _ in range(100):
        try:
            return psycopg2.connect(host=folder, user="postgres", dbname="postgres")
        except psycopg2.OperationalError:
            assert running.poll() is None, log.read_text()
            time.sleep(0.1)
    raise AssertionError("the server takes no connections")


def rows_on(server: dict[str, str], query: str, options: str = "") -> list[tuple]:
    """Rows of a query on the server."""
    place = {"host": server["PGHOST"], "user": server["PGUSER"], "dbname": server["PGDATABASE"]}
    connection = psycopg2.connect(**place, options=options)
    try:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall()
    finally:
        connection.close()


@pytest.fixture(scope="module")
def built(demo_bank: Warehouse, server: dict[str, str]) -> dict[str, str]:
    """The server, once it holds the demo bank."""
    result = demo_bank.command("build", "--target", "postgres", **server)
    assert result.returncode == 0, result.stderr
    assert " models, all months, passed " in result.stdout
    return server


def as_texts(rows: list[tuple]) -> list[list[str]]:
    """Rows in one order, each value by its type."""
    return sorted([repr(value) for value in row] for row in rows)


def test_every_mart_is_that_of_duckdb(demo_bank: Warehouse, built: dict[str, str]) -> None:
    tables = demo_bank.rows(
        "select schema_name || '.' || table_name, string_agg(column_name, ', ' order by column_index) "
        "from duckdb_columns() where schema_name in ('marts', 'quality') group by 1 order by 1"
    )
    assert len(tables) > 45
    for table, columns in tables:
        query = f"select {columns} from {table}"
        assert as_texts(rows_on(built, query)) == as_texts(demo_bank.rows(query)), table


def test_dbt_by_hand_builds_over_what_is_there(demo_bank: Warehouse, built: dict[str, str]) -> None:
    """The bug it looks for: a table that is made anew takes its views with it, and dbt counts on them."""
    balances = "select * from staging.stg_core__deposit_balances order by account_id, balance_date"
    before = rows_on(built, balances)
    settings = re.search(r'PGOPTIONS="(.*)"', (PROJECT / "docs" / "postgres.md").read_text(encoding="utf-8"))[1]
    options = {"PGOPTIONS": settings.replace("${BANKMART_PII_KEY:?}", DEMO_KEY)}
    models = ("--select", "base_core__deposit_balances+1")
    result = demo_bank.dbt("run", *models, target="postgres", **built, **options)
    assert result.returncode == 0, result.stdout
    assert rows_on(built, balances) == before != []


def test_personal_numbers_are_hashed_alike_and_the_key_is_in_no_log(
    demo_bank: Warehouse, built: dict[str, str]
) -> None:
    hashes = "select id_number_hash from staging.stg_core__customers where id_number_hash is not null order by 1"
    assert len(rows_on(built, hashes)) > 100
    assert rows_on(built, hashes) == demo_bank.rows(hashes)
    logs = (demo_bank.home / "postgres" / "logs" / "dbt.log").read_text(encoding="utf-8")
    assert DEMO_KEY not in logs


CALLS = {
    "round_divide": "round_divide('input_0', 'input_1')",
    "divide_down": "divide_down('input_0', 'input_1')",
    "date": "parse_date('input_0')",
    "amount": "parse_number('input_0', 'decimal(18,2)')",
    "integer": "parse_number('input_0', 'integer')",
    "boolean": "parse_boolean('input_0')",
    "text": "clean_text('input_0', digits=true)",
    "name": "normalised_name('input_0')",
    "hash": "keyed_hash('input_0')",
}


@pytest.fixture(scope="module")
def expressions(demo_bank: Warehouse, server: dict[str, str]) -> dict[str, dict[str, str]]:
    """What dbt makes of the calls for each engine."""
    made = {}
    for target in ("duckdb", "postgres"):
        mark = "/* next */"
        inline = mark.join(f"{{{{ {call} }}}}" for call in CALLS.values())
        result = demo_bank.dbt("--quiet", "compile", "--inline", inline, target=target, **server)
        assert result.returncode == 0, result.stdout
        made[target] = dict(zip(CALLS, result.stdout.split(mark), strict=True))
    return made


def on_both(
    demo_bank: Warehouse, server: dict[str, str], sql: dict[str, str], inputs: list[tuple[str, ...]], kind: str
) -> list[tuple]:
    """What an expression makes of rows of inputs, on DuckDB and on the server."""
    names = [f"input_{position}" for position in range(len(inputs[0]))]
    literals = [[str(number), *(f"'{quoted(text)}'" for text in row)] for number, row in enumerate(inputs)]
    rows = ", ".join(f"({', '.join(values)})" for values in literals)
    casts = ", ".join(f"cast({name} as {kind}) as {name}" for name in names)
    typed = f"select number, {casts} from (values {rows}) as given (number, {', '.join(names)})"
    here = demo_bank.rows(f"select {sql['duckdb']} from ({typed}) as typed order by number")
    there = rows_on(server, f"select {sql['postgres']} from ({typed}) as typed order by number")
    return [(*row, one, other) for row, (one,), (other,) in zip(inputs, here, there, strict=True)]


@pytest.mark.parametrize("name", ["round_divide", "divide_down"])
def test_divisions_are_exact_on_both(
    demo_bank: Warehouse, server: dict[str, str], expressions: dict, name: str
) -> None:
    pairs = [(str(n), str(d)) for n, d in cases() if n >= 0 or name == "round_divide"]
    sql = {engine: calls[name] for engine, calls in expressions.items()}
    assert [row for row in on_both(demo_bank, server, sql, pairs, "decimal(38,0)") if row[-2] != row[-1]] == []


DATES = ["2026-02-29", "2024-02-29", "20261031", "2026/1/31", "2026/12/31", "2026-13-01", "2026-00-10", "1000-01-01"]
DATES += ["0999-01-01", "2026-04-31", "99991231", "٢٠٢٦-١٠-٣١", "2026-10-31 ", "2026-10-311"]
NUMBERS = ["1,234.50", "12,34.5", "+7", "-0.005", "-.5", ".", "1e3", "1.50000", "1.505", "9999999999999999.99", "1."]
NUMBERS += ["10000000000000000", "٣", "0x1F", "NaN", "Infinity", "2147483647", "2147483648", "-2147483648", "007"]


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("date", DATES),
        ("amount", NUMBERS),
        ("integer", NUMBERS),
        ("boolean", ["TRUE", "是", "否", "y", "N", "1", "0", "yes", ""]),
        ("text", [" \u3000 a b\u00a0", "\t", "", "~", "１２３", " 王小明 "]),
        ("name", ["（é） Co., Ltd", "a\u3000b．c·d"]),
    ],
)
def test_values_are_read_alike_on_both(
    demo_bank: Warehouse, server: dict[str, str], expressions: dict, name: str, texts: list[str]
) -> None:
    sql = {engine: calls[name] for engine, calls in expressions.items()}
    read = on_both(demo_bank, server, sql, [(text,) for text in texts], "varchar")
    assert [row for row in read if row[-2] != row[-1]] == []
    assert any(row[-1] is not None for row in read)


@pytest.mark.parametrize("key", ["two words, a \\ and a '", "of a file\n", "\tor\r\nof two lines"])
def test_a_key_may_be_any_text(built: dict[str, str], expressions: dict, key: str) -> None:
    number = "张三11010119900307"
    query = f"select {expressions['postgres']['hash']} from (select cast('{number}' as varchar) as input_0) as numbers"
    expected = hmac.new(key.encode(), number.encode(), "sha256").hexdigest()
    assert rows_on(built, query, f"-c bankmart.pii_key={escaped(key)}") == [(expected,)]


def test_what_cannot_be_used_is_said_in_a_line(demo_bank: Warehouse, server: dict[str, str]) -> None:
    nowhere = demo_bank.command("build", "--target", "postgres", **{**server, "PGHOST": "/nowhere"})
    assert nowhere.returncode == 1
    assert "bankmart@/nowhere/bankmart: connection to server" in nowhere.stderr
    unlike = demo_bank.command("build", "--target", "postgres", **{**server, "PGDATABASE": "postgres"})
    assert unlike.returncode == 1
    assert "create the database with template template0" in unlike.stderr
    with (
        psycopg2.connect(host=server["PGHOST"], user="bankmart", dbname="bankmart") as holder,
        holder.cursor() as cursor,
    ):
        cursor.execute("select pg_advisory_lock(%s)", [LOCK])
        locked = demo_bank.command("build", "--target", "postgres", **server)
    assert locked.returncode == 3
    assert "in use by another build" in locked.stderr
    wrong = demo_bank.command("build", "--target", "postgres", "--full-refresh", **server)
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)
