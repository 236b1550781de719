"""The same warehouse on a PostgreSQL server: the archive copied there, the models built by dbt's target `postgres`.

Server, database and user come from libpq's own environment variables (PGHOST, PGDATABASE, PGUSER, PGPASSWORD, …).
Readers ask the server itself; nothing is published as a file, and nothing is kept from build to build.
"""

import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from bankmart.archive import Archive
from bankmart.contract import extracts
from bankmart.dbt_command import Dbt, count_of, problems_of, warnings_of
from bankmart.errors import BankmartError, ExitCode
from bankmart.settings import Settings
from bankmart.sql_text import quoted
from bankmart.warehouse import check_landed

if TYPE_CHECKING:
    from psycopg2 import extensions

# what profiles.yml takes where the environment is silent
DEFAULTS = {"PGHOST": "localhost", "PGUSER": "bankmart", "PGDATABASE": "bankmart"}
# the planner takes the rows of a chain of CTEs for one: it would loop over thousands, and join by months alone where
# the models join by keys; and to compile a query whose costs it overestimates takes longer than to run it. That a table
# to drop is not there is no news
SESSION = {"enable_nestloop": "off", "join_collapse_limit": "1", "jit": "off", "client_min_messages": "warning"}
# of the warehouse's lock among the advisory locks of its database
LOCK = 20260831


@dataclass(frozen=True)
class ServerBuild:
    """A build on the server that passed all its tests. `warnings` are those that found rows and stop nothing."""

    as_of_date: date
    model_count: int
    test_count: int
    seconds: float
    warnings: list[str]
    months: str = "all months"


def build(
    settings: Settings, as_of: date | None = None, progress: Callable[[int, int, str], None] = lambda *_: None
) -> ServerBuild:
    """Copy the archive to the server, and build and test every model there as of a day, by default the newest batch.

    Raises BankmartError when the server cannot be used, nothing is landed, or a model or test fails.
    """
    started = time.monotonic()
    if find_spec("psycopg2") is None:
        raise BankmartError(
            "--target postgres needs dbt's adapter: run make setup, or pip install '.[postgres]' in the project"
        )
    from bankmart.privacy import key_of_numbers

    archive = Archive(settings.archive)
    files = archive.current_files()
    as_of_date = check_landed(files, as_of)
    archive.check_files(files)
    options = {**SESSION, "bankmart.pii_key": key_of_numbers()}
    given = os.environ.get("PGOPTIONS", "")
    os.environ.update(
        {**DEFAULTS, **os.environ},
        PGOPTIONS=" ".join([given, *(f"-c {name}={escaped(options[name])}" for name in options)]),
    )
    folder = settings.home / "postgres"
    folder.mkdir(exist_ok=True)
    with exclusive_server():
        dbt = Dbt(settings, as_of_date, folder, target="postgres", checks_seeds=True)
        with open_server() as server, private_folder(folder / "landing") as private:
            load_archive(archive, server, settings, private / "rows.csv")
        results = dbt.build(progress)
        with open_server() as server, server.cursor() as cursor:
            problems = problems_of(cursor, results)
            warnings = warnings_of(cursor, results)
    if problems:
        raise BankmartError(
            *problems, f"the server holds what was built before the failure; the details are in {dbt.log_path}"
        )
    return ServerBuild(
        as_of_date=as_of_date,
        model_count=count_of("model", results),
        test_count=count_of("test", results),
        seconds=round(time.monotonic() - started, 1),
        warnings=warnings,
    )


def escaped(value: str) -> str:
    """A value as the server reads it in PGOPTIONS: it parts them at blanks of all kinds."""
    return re.sub(r"([\\\s])", r"\\\1", value, flags=re.ASCII)


@contextmanager
def exclusive_server() -> Iterator[None]:
    """Hold the lock of the server's warehouse, which the server releases when this process ends, however it ends.

    Raises BankmartError (locked) when another build has it.
    """
    with open_server() as server, server.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [LOCK])
        is_ours = cursor.fetchone() == (True,)
        # the lock is the connection's; a transaction as long as a build would be in the server's way
        server.commit()
        if not is_ours:
            raise BankmartError(f"{place()} is in use by another build; wait for it to end", exit_code=ExitCode.LOCKED)
        yield


def place() -> str:
    """The server's warehouse in words."""
    return f"{os.environ['PGUSER']}@{os.environ['PGHOST']}/{os.environ['PGDATABASE']}"


@contextmanager
def open_server() -> Iterator["extensions.connection"]:
    """A connection to the server, one transaction.

    Raises BankmartError when it cannot be reached, or sorts text otherwise than the other engines.
    """
    import psycopg2

    try:
        server = psycopg2.connect("", client_encoding="UTF8")
    except psycopg2.OperationalError as error:
        raise BankmartError(
            f"{place()}: {' '.join(str(error).split())}; set PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE"
        ) from None
    try:
        with server, server.cursor() as cursor:
            cursor.execute("select 'B' < 'a' and upper('éi') = 'ÉI'")
            if cursor.fetchone() != (True,):
                raise BankmartError(
                    f"{place()}: sorts texts or writes capital letters otherwise than the other engines; create the "
                    "database with template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8'"
                )
            yield server
    except psycopg2.Error as error:
        raise BankmartError(f"{place()}: {' '.join(str(error).split())}") from None
    finally:
        server.close()


@contextmanager
def private_folder(folder: Path) -> Iterator[Path]:
    """A folder for what personal numbers stand in, which nobody else may enter and which is removed afterwards."""
    # a run that was killed may have left one
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def load_archive(archive: Archive, server: "extensions.connection", settings: Settings, rows_file: Path) -> None:
    """Copy the archive into schema `landing` of the server, in place of what is there, by way of a file."""
    with duckdb.connect(config=settings.limits) as engine, server.cursor() as cursor:
        archive.register(engine)
        cursor.execute("create extension if not exists pgcrypto")
        cursor.execute("create schema if not exists landing")
        for table in ("manifest", *extracts()):
            columns = engine.execute(
                "select column_name || ' ' || data_type from duckdb_columns() "
                "where schema_name = 'landing' and table_name = $1 order by column_index",
                [table],
            ).fetchall()
            cursor.execute(f"drop table if exists landing.{table} cascade")
            cursor.execute(f"create table landing.{table} ({', '.join(column for (column,) in columns)})")
            # quoted, so that an empty text is not taken for a missing one, nor a line feed for the row's end
            engine.execute(f"copy landing.{table} to '{quoted(rows_file)}' (format csv, header false, force_quote *)")
            with rows_file.open("rb") as rows:
                cursor.copy_expert(f"copy landing.{table} from stdin (format csv)", rows)
