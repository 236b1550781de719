"""The analysts' shell: every way out that we know is tried, and every one is closed."""

import builtins
import csv
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from rich.console import Console

from bankmart.errors import BankmartError
from bankmart.settings import Settings
from bankmart.sql_shell import SHOWN_ROWS, locked_publication, prompt, run_statements
from conftest import Warehouse

SECRET = "nobody may read this"
NO_FILES = "file system operations are disabled"
LOCKED = "configuration has been locked"
READ_ONLY = "read-only"

# statements that begin like reading: DuckDB itself must refuse them
READERS_THAT_REACH_OUT = {
    "read_csv": ("from read_csv('{secret}')", NO_FILES),
    "read_csv_auto": ("from read_csv_auto('{secret}')", NO_FILES),
    "sniff_csv": ("from sniff_csv('{secret}')", NO_FILES),
    "read_text": ("from read_text('{secret}')", NO_FILES),
    "read_blob": ("from read_blob('{secret}')", NO_FILES),
    "read_parquet": ("from read_parquet('{folder}/secret.parquet')", NO_FILES),
    "parquet_metadata": ("from parquet_metadata('{folder}/secret.parquet')", NO_FILES),
    "read_json": ("from read_json('{secret}')", NO_FILES),
    "a file as a table": ("from '{secret}'", NO_FILES),
    "a file as a table of its kind": ("from '{folder}/secret.csv'", NO_FILES),
    "glob": ("from glob('{folder}/*')", NO_FILES),
    "another database file": ("from read_duckdb('{folder}/other.duckdb')", NO_FILES),
    "a table named at run time": ("from query_table('{secret}')", NO_FILES),
    "a query in a text": ("from query('from read_text(''{secret}'')')", "query is not called here"),
    "logging into a folder": ("from enable_logging('QueryLog', storage_path := '{folder}/log')", "enable_logging"),
    "logging in a subquery": ("select 1 where exists (from enable_logging('QueryLog'))", "enable_logging"),
    "profiling into a file": ("from enable_profiling(save_location := '{folder}/out.json')", "enable_profiling"),
    "a serialized query": ("from json_execute_serialized_sql('{{}}')", "json_execute_serialized_sql"),
    "the network": ("from read_csv('https://localhost/secret.csv')", NO_FILES),
    "a bucket": ("from read_parquet('s3://bucket/secret.parquet')", NO_FILES),
    "getenv": ("select getenv('BANKMART_PII_KEY')", "does not exist"),
    "another database's rows": ("from sqlite_scan('{secret}', 'people')", "sqlite_scan"),
    "a data frame of the program": ("from SECRET", "does not exist"),
    "an arrow table of the program": ("from people", "does not exist"),
    "explain analyze copy": ("explain analyze copy (select 1) to '{folder}/out.csv'", "copy is not done here"),
    "explain analyze insert": ("explain analyze insert into marts.dim_codes select 1", "insert is not done here"),
    "explain analyze set": ("explain analyze set threads = 1", "is not done here"),
    "explain analyze of a shadow": ("explain (analyze) create temp view dim_months as select 1", "is not done here"),
    "explain of an explanation": ("explain explain analyze checkpoint", "syntax error"),
    "import database": ("import database '{folder}'", NO_FILES),
    "pragma import_database": ("pragma import_database('{folder}')", NO_FILES),
}
# statements that do more than read: the shell names them, and DuckDB would refuse them too
DOERS = {
    "copy to": ("copy marts.dim_codes to '{folder}/out.csv'", NO_FILES),
    "copy a query to": ("copy (select 1) to '{folder}/out.parquet' (format parquet)", NO_FILES),
    "copy from": ("copy marts.dim_codes from '{secret}'", NO_FILES),
    "export database": ("export database '{folder}/out'", NO_FILES),
    "attach a file": ("attach '{folder}/other.duckdb' as other", NO_FILES),
    "attach a remote file": ("attach 'https://localhost/other.duckdb' as other", "httpfs"),
    "copy from database": ("copy from database bankmart to memory", "memory"),
    "install": ("install httpfs", NO_FILES),
    "force install": ("force install httpfs from community", NO_FILES),
    "load": ("load httpfs", "disabled"),
    "load a file": ("load '{folder}/evil.duckdb_extension'", "disabled"),
    "set external access": ("set enable_external_access = true", LOCKED),
    "set allowed directories": ("set allowed_directories = ['/']", LOCKED),
    "set allowed paths": ("set allowed_paths = ['{secret}']", LOCKED),
    "unlock": ("set lock_configuration = false", LOCKED),
    "reset": ("reset enable_external_access", LOCKED),
    "set global": ("set global temp_directory = '{folder}'", LOCKED),
    "set the secrets' directory": ("set secret_directory = '{folder}'", LOCKED),
    "log to a file": ("set log_query_path = '{folder}/out.log'", LOCKED),
    "pragma with a value": ("pragma temp_directory = '{folder}'", LOCKED),
    "profile into a file": ("pragma profiling_output = '{folder}/out.json'", LOCKED),
    "use": ("use memory", "memory"),
    "create table": ("create table marts.mine as select 1 as one", READ_ONLY),
    "create view": ("create view marts.mine as select 1 as one", READ_ONLY),
    "create function": ("create function marts.mine() as 1", READ_ONLY),
    "create table macro": ("create macro marts.mine() as table from dim_codes", READ_ONLY),
    "create schema": ("create schema mine", READ_ONLY),
    "create secret": ("create persistent secret mine (type s3, key_id 'a', secret 'b')", "s3"),
    "insert": ("insert into marts.dim_codes select 'a', 'b', 'c', 'd'", READ_ONLY),
    "update": ("update marts.dim_codes set code = 'a'", READ_ONLY),
    "delete": ("delete from marts.dim_codes", READ_ONLY),
    "drop": ("drop table marts.dim_codes", READ_ONLY),
    "alter": ("alter table marts.dim_codes rename to mine", READ_ONLY),
    "comment": ("comment on table marts.dim_codes is 'mine'", READ_ONLY),
    "detach": ("detach bankmart", "bankmart"),
}
# harmless for DuckDB in a file that is read-only, and still none of the shell's business
REFUSED_BY_THE_SHELL_ALONE = {
    "a database in memory": "attach ':memory:' as mine",
    "a temporary table": "create temp table mine as select 1 as one",
    "a temporary macro": "create temp macro mine() as 1",
    "prepare": "prepare mine as select 1",
    "execute": "execute mine",
    "call": "call pragma_version()",
    "begin": "begin transaction",
    "checkpoint": "checkpoint",
    "vacuum": "vacuum",
    "set variable": "set variable mine = 1",
    "profiling": "pragma enable_profiling",
    "one that does, after one that reads": "select 1; copy (select 1) to 'out.csv'",
}


@pytest.fixture(scope="module")
def settings(demo_bank: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home with a copy of the publication, so that no other test has the same file open."""
    home = tmp_path_factory.mktemp("analyst")
    settings = Settings.resolve(home=home)
    settings.publication.parent.mkdir(parents=True)
    shutil.copy(demo_bank.home / "published" / "current" / "bankmart.duckdb", settings.publication)
    return settings


@pytest.fixture(scope="module")
def connection(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    with locked_publication(settings) as opened:
        yield opened


@pytest.fixture
def places(tmp_path: Path) -> Iterator[dict[str, Path]]:
    """A folder with something to steal; nothing may be added to it."""
    secret = tmp_path / "secret.csv"
    secret.write_text(f"text\n{SECRET}\n", encoding="utf-8")
    duckdb.sql(f"copy (select '{SECRET}' as text) to '{tmp_path}/secret.parquet'")
    with duckdb.connect(str(tmp_path / "other.duckdb")) as other:
        other.execute(f"create table people as select '{SECRET}' as text")
    before = sorted(tmp_path.iterdir())
    yield {"secret": secret, "folder": tmp_path}
    assert sorted(tmp_path.iterdir()) == before


def printed(connection: duckdb.DuckDBPyConnection, text: str, as_csv: bool = False) -> str:
    console = Console(file=StringIO(), width=200)
    run_statements(connection, text, console, as_csv)
    return console.file.getvalue()


@pytest.mark.parametrize("way", READERS_THAT_REACH_OUT)
def test_no_query_reaches_out(connection, places: dict[str, Path], way: str) -> None:
    query, reason = READERS_THAT_REACH_OUT[way]
    people = pa.table({"text": [SECRET]})
    assert people.num_rows == 1
    with pytest.raises(BankmartError) as refused:
        printed(connection, query.format(**places))
    assert reason in str(refused.value).replace("read only", READ_ONLY)
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize("way", DOERS)
def test_what_does_more_than_read_is_refused_twice(connection, places: dict[str, Path], way: str) -> None:
    text, reason = DOERS[way]
    with pytest.raises(BankmartError, match="is not done here"):
        printed(connection, text.format(**places))
    with pytest.raises(duckdb.Error) as refused:
        connection.execute(text.format(**places))
    assert reason in str(refused.value).replace("read only", READ_ONLY)


@pytest.mark.parametrize("way", REFUSED_BY_THE_SHELL_ALONE)
def test_only_statements_that_read_are_let_through(connection, way: str) -> None:
    with pytest.raises(BankmartError, match="is not done here"):
        printed(connection, REFUSED_BY_THE_SHELL_ALONE[way])


def test_what_is_published_can_be_read(connection) -> None:
    assert "3 rows" in printed(connection, "from dim_months order by period_month limit 3")
    assert printed(connection, "explain select count(*) from marts.dim_codes").startswith("┌───")
    assert "12,345.60" in printed(connection, "select 12345.60 as amount")
    assert "2026" in printed(connection, "select 2026 as year_number; select 1 as one")


def test_a_row_wider_than_the_screen_stands_column_by_column(connection) -> None:
    console = Console(file=StringIO(), width=80)
    run_statements(connection, "from rpt_customer_360 where customer_id = '000105'", console)
    page = console.file.getvalue()
    assert "segment_code" in page and "credit_traditional_company" in page and "1 row\n" in page


def test_pivot_says_how_it_is_written_here(connection) -> None:
    with pytest.raises(BankmartError, match="pivot needs its values"):
        printed(connection, "pivot fct_customer_segments on credit_status using count(*) group by period_month")
    named = (
        "pivot fct_customer_segments on credit_status in ('credit', 'no_credit') using count(*) group by period_month"
    )
    assert "no_credit" in printed(connection, named)


def test_control_c_stops_a_query(settings: Settings) -> None:
    # the first answers as soon as the second begins
    query = "select 1; select count(*) from range(10000000) a, range(1000000) b where a.range * b.range % 7 = 3"
    environment = {**os.environ, "BANKMART_HOME": str(settings.home)}
    command = [sys.executable, "-m", "bankmart", "sql", query]

    # what starts the tests may have them ignore or block the signal
    def as_in_a_terminal() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})

    at_start = {"preexec_fn": as_in_a_terminal}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environment, **pipes, **at_start) as running:
        try:
            while "1 row" not in running.stdout.readline():
                assert running.poll() is None
            time.sleep(1)
            running.send_signal(signal.SIGINT)
            _, complaint = running.communicate(timeout=30)
        finally:
            running.kill()
    assert running.returncode == 1
    assert complaint == "bankmart: the query was interrupted\n"


def test_a_table_shows_the_first_rows_and_csv_all(connection) -> None:
    query = "select customer_id, null as nothing from fct_customer_months order by all"
    (count,) = connection.execute("select count(*) from fct_customer_months").fetchone()
    assert f"the first {SHOWN_ROWS} rows" in printed(connection, query)
    rows = list(csv.reader(StringIO(printed(connection, query, as_csv=True))))
    assert rows[0] == ["customer_id", "nothing"]
    assert len(rows) == count + 1
    assert {row[1] for row in rows[1:]} == {""}


def test_no_value_can_command_the_terminal(connection) -> None:
    assert "\x1b" not in printed(connection, "select chr(27) || '[2J' as \"\x1b[31m\"")


@pytest.mark.parametrize(
    ("text", "message"),
    [("selec 1", "syntax error"), ("select nothing from dim_codes", "not found"), ("", "no statement is given")],
)
def test_an_error_is_one_line(connection, text: str, message: str) -> None:
    with pytest.raises(BankmartError) as refused:
        printed(connection, text)
    assert message in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


def test_the_prompt_goes_on_after_an_error_and_knows_its_words(connection, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = iter(
        [
            *("select 41", "  + 1;", "selec;", ".sh ls", ".open other.duckdb", ".read secret.sql", ".output out.csv"),
            *(
                ".tables",
                ".columns marts.dim_codes",
                "select 7 as",
                KeyboardInterrupt,
                "select 43;",
                ".quit",
                "select 99;",
            ),
        ]
    )

    def answer_of_the_user(_: str) -> str:
        line = next(lines)
        if line is KeyboardInterrupt:
            raise KeyboardInterrupt
        return line

    monkeypatch.setattr(builtins, "input", answer_of_the_user)
    shown, complained = Console(file=StringIO(), width=200), Console(file=StringIO(), width=200)
    prompt(connection, shown, complained)
    page, problems = shown.file.getvalue(), complained.file.getvalue().splitlines()
    assert "42" in page and "43" in page and "99" not in page
    assert "marts.fct_customer_tiers" in page and "Name in Chinese" in page
    assert len(problems) == 5
    for word, problem in zip(("syntax error", ".sh", ".open", ".read", ".output"), problems, strict=True):
        assert word in problem


def test_the_command_answers_a_query_a_pipe_and_says_what_is_missing(demo_bank: Warehouse, new_warehouse) -> None:
    before = demo_bank.publication_bytes()
    result = demo_bank.command("sql", "select count(*) as customers from marts.dim_customers", "--csv")
    assert (result.returncode, result.stdout.splitlines()[0]) == (0, "customers")
    refused = demo_bank.command("sql", "select 1; attach 'out.duckdb'")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        "bankmart: attach is not done here: the publication is only read; begin with select or from\n"
    )
    assert "one statement, not 2" in demo_bank.command("sql", "select 1; select 2", "--csv").stderr
    assert "nothing is published yet" in new_warehouse().command("sql", "select 1").stderr
    assert demo_bank.publication_bytes() == before


def test_reading_keeps_within_the_same_limits(demo_bank: Warehouse) -> None:
    query = "select current_setting('threads') as threads, current_setting('memory_limit') as memory"
    limits = {"BANKMART_THREADS": "1", "BANKMART_MEMORY_LIMIT": "1GB"}
    assert demo_bank.command("sql", query, "--csv", **limits).stdout.splitlines() == ["threads,memory", "1,953.6 MiB"]
