"""The build database: shows dbt what is landed, lets dbt build and test, remembers what came of it."""

import gc
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock

import duckdb

from bankmart.archive import Archive, LandedFile
from bankmart.contract import extracts
from bankmart.errors import BankmartError, ExitCode
from bankmart.seals import check_seals, known_seals
from bankmart.settings import PROJECT, Settings

SHOWN_MESSAGES = 3


@dataclass(frozen=True)
class Build:
    """A build that passed all its tests.

    `comments` names every relation to publish, with the description of its columns; that of the relation stands
    under an empty name. `reseal_reason` says why it may change sealed months of the point ledger, where it may.
    """

    as_of_date: str
    batch_dates: list[str]
    rules_digest: str
    seeds_digest: str
    comments: dict[str, dict[str, str]]
    model_count: int
    test_count: int
    seconds: float
    built_at: str
    reseal_reason: str | None

    @classmethod
    def of(cls, settings: Settings) -> "Build | None":
        """The build that the database holds; None where none passed, or one was begun since.

        A receipt that another version of the command wrote is none either: what it published may differ.
        """
        path = receipt_path(settings)
        if not path.exists():
            return None
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except TypeError:
            return None

    def write_receipt(self, settings: Settings) -> None:
        """Say that the database holds this build."""
        receipt = receipt_path(settings)
        partial = receipt.with_suffix(".partial")
        partial.write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")
        partial.replace(receipt)


def receipt_path(settings: Settings) -> Path:
    """The file that says the database holds a build that passed."""
    return settings.home / "build.json"


def build(
    settings: Settings,
    as_of: date | None = None,
    progress: Callable[[int, int, str], None] = lambda *_: None,
    reseal_reason: str | None = None,
) -> Build:
    """Build and test every model as of a day, by default the newest batch.

    Raises BankmartError when nothing is landed, an extract that must exist is missing, a model or test fails, or a
    sealed month of the point ledger would change without a reason.
    """
    started = time.monotonic()
    archive = Archive(settings.archive)
    files = archive.current_files()
    as_of_date = check_landed(files, as_of)
    previous = Build.of(settings)
    receipt = receipt_path(settings)
    receipt.unlink(missing_ok=True)
    with open_database(settings) as connection:
        # a broken chain is said at once, not after the build
        known_seals(connection, settings, as_of_date, reseal_reason)
        archive.register(connection)
        has_seeds = previous is not None and previous.seeds_digest == seeds_digest(connection)
    # generic tests run together once all is built; dbt is asked again, one by one, for the details of those that failed
    seeds = ("--exclude-resource-types", "seed") if has_seeds else ()
    results = run_dbt(settings, as_of_date, settings.home, progress, "--exclude", "test_type:generic", *seeds)
    failed, check_count = failures(results), 0
    if not failed:
        check_count, broken = failed_checks(settings, as_of_date, settings.home)
        failed = broken and failures(run_dbt(settings, as_of_date, settings.home, progress, "--select", *broken))
    if failed:
        with open_database(settings) as connection:
            problems = [describe_failure(connection, result) for result in failed]
        raise BankmartError(*problems, f"nothing is published; the details are in {settings.home / 'logs' / 'dbt.log'}")
    with open_database(settings) as connection:
        check_seals(connection, settings, as_of_date, reseal_reason)
        loaded_seeds = seeds_digest(connection)
    result = Build(
        as_of_date=as_of_date.isoformat(),
        batch_dates=sorted({file.batch_date.isoformat() for file in files if file.batch_date <= as_of_date}),
        rules_digest=rules_digest(),
        seeds_digest=loaded_seeds,
        comments=published_comments(results),
        model_count=count_of("model", results),
        test_count=count_of("test", results) + check_count,
        seconds=round(time.monotonic() - started, 1),
        built_at=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S}",
        reseal_reason=reseal_reason,
    )
    result.write_receipt(settings)
    return result


def check_landed(files: list[LandedFile], as_of: date | None) -> date:
    """The as-of date, once what must be landed by then is."""
    if not files:
        raise BankmartError("nothing is landed: run bankmart land first, with --inbox or BANKMART_INBOX set")
    as_of_date = as_of or max(file.batch_date for file in files)
    seen = {file.extract for file in files if file.batch_date <= as_of_date}
    if not seen:
        first = min(file.batch_date for file in files)
        raise BankmartError(f"--as-of {as_of_date}: the first batch is of {first}; give that day or a later one")
    missing = [extract.name for extract in extracts().values() if extract.is_starred and extract.name not in seen]
    if missing:
        raise BankmartError(
            *(
                f"{name}: no batch up to {as_of_date} has this extract; deliver it, with its header alone if empty"
                for name in missing
            )
        )
    return as_of_date


@contextmanager
def open_database(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """The build database, for writing.

    Raises BankmartError (locked) when another program has it open.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    try:
        connection = duckdb.connect(str(settings.database), config=settings.engine)
    except duckdb.IOException as error:
        if "lock" not in str(error):
            raise
        raise BankmartError(
            f"{settings.database} is open in another program ({str(error).splitlines()[0]}); close it there, "
            f"readers use {settings.publication}",
            exit_code=ExitCode.LOCKED,
        ) from None
    try:
        yield connection
    finally:
        connection.close()


def run_dbt(
    settings: Settings,
    as_of_date: date,
    folder: Path,
    progress: Callable[[int, int, str], None],
    *selection: str,
) -> list:
    """`dbt build` without its unit tests, which guard the code and not the data; its logs and `target` go to a folder.

    Returns the result of every node that ran, failed ones too. Raises BankmartError when dbt cannot run at all.
    """
    done = 0

    def on_event(event) -> None:
        nonlocal done
        if event.info.name == "LogStartLine":
            progress(done, event.data.total, event.data.node_info.node_name)
        elif event.info.name == "NodeFinished":
            done += 1

    kinds = ("--exclude-resource-types", "unit_test", "--exclude-resource-types", "exposure")
    return list(invoke_dbt(settings, as_of_date, folder, on_event, "build", *kinds, *selection))


def failed_checks(settings: Settings, as_of_date: date, folder: Path) -> tuple[int, list[str]]:
    """How many generic tests there are, and the names of those that found rows, all run together.

    Raises BankmartError when one cannot run at all.
    """
    found: dict = {}

    def on_event(event) -> None:
        if event.info.name == "JinjaLogInfo":
            found.update(json.loads(event.data.msg))

    outcome = invoke_dbt(settings, as_of_date, folder, on_event, "run-operation", "failed_checks")
    if not found:
        raise BankmartError(f"generic tests cannot run: {' '.join(str(outcome.results[0].message).split())}")
    return found["check_count"], found["failed"]


def invoke_dbt(settings: Settings, as_of_date: date, folder: Path, on_event: Callable, *arguments: str):
    """What a dbt command returns. Raises BankmartError when it cannot run at all."""
    os.environ.update(
        BANKMART_HOME=str(settings.home),
        BANKMART_THREADS=str(settings.threads),
        BANKMART_AS_OF_DATE=as_of_date.isoformat(),
        DBT_SEND_ANONYMOUS_USAGE_STATS="false",
    )
    # importing dbt takes a second, which only the commands that build should pay
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    # nothing reads the manifest of a nightly build, and writing it takes two seconds
    paths = ("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT), "--target-path", str(folder / "target"))
    # dbt's own log formats ten thousand lines that no level keeps
    logging = ("--log-level", "none", "--log-level-file", "none", "--no-use-colors")
    log_path = folder / "logs" / "dbt.log"
    log_path.parent.mkdir(parents=True, exist_ok=True)
    log = log_path.open("a", encoding="utf-8")
    # every thread of dbt reports here
    turn = Lock()

    def write_event(event) -> None:
        if event.info.level != "debug":
            with turn:
                log.write(f"{event.info.ts.ToJsonString()} {event.info.msg}\n")

    # nothing that dbt makes in these seconds is garbage
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        runner = dbtRunner(callbacks=[write_event, on_event])
        outcome = runner.invoke(["--no-write-json", *arguments, *paths, *logging])
    finally:
        gc.enable()
        log.close()
        DuckDBConnectionManager.close_all_connections()
    if outcome.exception is not None:
        raise BankmartError(f"dbt cannot run: {' '.join(str(outcome.exception).split())}")
    return outcome.result


def count_of(kind: str, results: list) -> int:
    """How many of the nodes that ran are of a kind."""
    return sum(result.node.resource_type == kind for result in results)


def published_comments(results: list) -> dict[str, dict[str, str]]:
    """The relations to publish, with the comments of their columns; that of the relation stands under an empty name."""
    comments = {
        f"{result.node.schema}.{result.node.name}": {
            "": result.node.description,
            **{name: column.description for name, column in result.node.columns.items()},
        }
        for result in results
        if result.node.resource_type == "model" and result.node.schema in ("marts", "quality")
    }
    return dict(sorted(comments.items()))


def failures(results: list) -> list:
    """The results of the models and tests that failed."""
    return [result for result in results if result.status in ("error", "fail")]


def describe_failure(connection: duckdb.DuckDBPyConnection, result) -> str:
    """One line about a model or test that failed; of a test with a column `message`, the first of these."""
    kind, name = result.node.resource_type, result.node.name
    if result.status == "error":
        lines = [line.strip() for line in str(result.message).splitlines() if line.strip()]
        return f"{kind} {name}: {' '.join(lines[:2])}"
    rows = connection.execute(f"from ({result.node.compiled_code}) limit {SHOWN_MESSAGES}")
    columns = [column[0] for column in rows.description]
    place = f"{result.failures} rows break it; the query that finds them is {result.node.compiled_path}"
    if "message" not in columns:
        return f"{kind} {name}: {place}"
    messages = [row[columns.index("message")] for row in rows.fetchall()]
    return f"{kind} {name}: {'; '.join(messages)} ({place})"


def rules_digest() -> str:
    """SHA-256 over all seeds: two builds of one digest followed the same rules."""
    digest = hashlib.sha256()
    for path in sorted((PROJECT / "seeds").rglob("*.csv")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def seeds_digest(connection: duckdb.DuckDBPyConnection) -> str:
    """Digest of the seeds as they are written and as the database holds them: equal ones need no loading."""
    digest = hashlib.sha256(rules_digest().encode())
    for path in sorted((PROJECT / "seeds").rglob("*.yml")):
        digest.update(path.read_bytes())
    tables = connection.execute(
        "select table_name from duckdb_tables() "
        "where schema_name = 'rules' and database_name = current_database() order by all"
    ).fetchall()
    for (table,) in tables:
        (rows,) = connection.execute(f"select cast(sum(hash(rows)) as varchar) from rules.{table} as rows").fetchone()
        digest.update(f"{table} {rows}".encode())
    return digest.hexdigest()
