"""The build database: shows dbt what is landed, lets dbt build and test, remembers what came of it."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import duckdb

from bankmart.archive import Archive, LandedFile
from bankmart.contract import extracts
from bankmart.dbt_command import Dbt, comments_of, count_of, failures, problems_of, published_models, warnings_of
from bankmart.errors import BankmartError, ExitCode
from bankmart.seals import check_entries, known_seals
from bankmart.settings import PROJECT, Settings

# a later day would add years of months in which nothing happens
FURTHEST_AS_OF = timedelta(days=366)


@dataclass(frozen=True)
class Build:
    """A build that passed all its tests.

    `comments` names every relation to publish, with the description of its columns; that of the relation stands
    under an empty name. `reseal_reason` says why it may change sealed months of the point ledger, where it may.
    `model_count` leaves out what was kept whole, as views are at night.
    `warnings` are the tests that found rows and stop nothing. `rebuilt_from` is the first month that was made anew
    where those before it were kept from the build before; a month that never comes where all were kept. `monthly` names
    the relations that keep months, `kept_from` says when the build ended that made those.
    """

    as_of_date: str
    batch_dates: list[str]
    rules_digest: str
    seeds_digest: str
    code_digest: str
    inputs_digest: str
    comments: dict[str, dict[str, str]]
    model_count: int
    test_count: int
    seconds: float
    built_at: str
    rebuilt_from: str | None
    kept_from: str | None
    monthly: list[str]
    reseal_reason: str | None
    warnings: list[str]

    @property
    def months(self) -> str:
        """Which months were made anew, in words."""
        if self.rebuilt_from is None:
            return "all months"
        return "no month anew" if self.rebuilt_from > self.as_of_date else f"months from {self.rebuilt_from[:7]}"

    @classmethod
    def of(cls, settings: Settings) -> "Build | None":
        """The build that the database holds; None where none passed, or one was begun since.

        A receipt that is damaged, or that another version of the command wrote, is none either: what it published may
        differ.
        """
        path = receipt_path(settings)
        if not path.exists():
            return None
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except (TypeError, ValueError):
            return None

    @classmethod
    def required(cls, settings: Settings) -> "Build":
        """The build that the database holds. Raises BankmartError where it holds none."""
        build = cls.of(settings)
        if build is None:
            raise BankmartError(f"{settings.database} holds no build that passed its tests: run bankmart build first")
        return build

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
    full_refresh: bool = False,
) -> Build:
    """Build and test every model as of a day, by default the newest batch.

    Months that nothing new can have changed are kept from a build that passed under the same rules and code, unless a
    full refresh is asked for; the tables are the same either way.

    Raises BankmartError when nothing is landed, an extract that must exist is missing, a model or test fails, or a
    sealed month of the point ledger would change without a reason.
    """
    started = time.monotonic()
    archive = Archive(settings.archive)
    files = archive.current_files()
    as_of_date = check_landed(files, as_of)
    archive.check_files(files)
    previous = Build.of(settings)
    rules, code = rules_digest(), code_digest()
    with open_database(settings) as connection:
        # a broken chain is said at once, not after the build
        seals = known_seals(connection, settings, as_of_date, reseal_reason)
        # from here on the database is another one; refused before, it still holds the build that it held
        receipt_path(settings).unlink(missing_ok=True)
        archive.register(connection)
        kept = Kept.of(previous, connection, files, as_of_date, rules, code, full_refresh)
        # that of the last build must not be taken for this one's
        connection.execute("drop table if exists intermediate.int_rebuild_start")
    dbt = Dbt(
        settings,
        as_of_date,
        settings.home,
        keeps_months=kept.months,
        keeps_verdicts_until=kept.verdicts_until,
        checks_seeds=not kept.seeds,
    )
    results, test_count = run(dbt, settings, progress, kept)
    with open_database(settings) as connection:
        check_entries(connection, settings, seals, as_of_date, reseal_reason)
        warnings = warnings_of(connection, results)
        loaded_seeds = seeds_digest(connection, rules)
        connection.execute(
            "create or replace table intermediate.kept_fingerprints as from intermediate.int_input_fingerprints"
        )
        rebuilt_from = first_rebuilt_month(connection)
    if rules_digest() != rules:
        raise BankmartError(f"{PROJECT / 'seeds'} changed during the build; nothing is published, run it again")
    published = published_models(dbt.manifest.nodes.values())
    result = Build(
        as_of_date=as_of_date.isoformat(),
        batch_dates=sorted({file.batch_date.isoformat() for file in files if file.batch_date <= as_of_date}),
        rules_digest=rules,
        seeds_digest=loaded_seeds,
        code_digest=code,
        inputs_digest=inputs_digest(files, as_of_date.isoformat()),
        comments={name: comments_of(model) for name, model in published.items()},
        model_count=count_of("model", results),
        test_count=test_count,
        seconds=round(time.monotonic() - started, 1),
        built_at=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S}",
        rebuilt_from=rebuilt_from and rebuilt_from.isoformat(),
        kept_from=rebuilt_from and previous.built_at,
        monthly=[name for name, model in published.items() if model.config.materialized == "monthly"],
        reseal_reason=reseal_reason,
        warnings=warnings,
    )
    result.write_receipt(settings)
    return result


@dataclass(frozen=True)
class Kept:
    """What a build keeps of the one before: the loaded seeds, months and views, and verdicts up to a day."""

    seeds: bool = False
    months: bool = False
    verdicts_until: str = ""

    @classmethod
    def of(
        cls,
        previous: Build | None,
        connection: duckdb.DuckDBPyConnection,
        files: list[LandedFile],
        as_of_date: date,
        rules: str,
        code: str,
        full_refresh: bool,
    ) -> "Kept":
        """What may be kept of a previous build under rules and code; of a full refresh the seeds alone."""
        if previous is None or previous.seeds_digest != seeds_digest(connection, rules):
            return cls()
        if full_refresh or previous.code_digest != code or not has_kept_fingerprints(connection):
            return cls(seeds=True)
        # nothing has come or gone among the files of the last build, and none of them is beyond this one's day
        keeps_verdicts = previous.as_of_date <= as_of_date.isoformat() and previous.inputs_digest == inputs_digest(
            files, previous.as_of_date
        )
        return cls(seeds=True, months=True, verdicts_until=previous.as_of_date if keeps_verdicts else "")


def run(dbt: Dbt, settings: Settings, progress: Callable[[int, int, str], None], kept: Kept) -> tuple[list, int]:
    """Build and test what is not kept: the results of the nodes, and how many tests passed or only warn.

    Generic tests run together once all is built, and so do the others where months are kept: such a build is short, so
    that a test which stops it early would save little. dbt is asked again, one by one, for the details of those that
    found rows; what follows from others is only counted.
    Raises BankmartError with a line for every model and test that failed.
    """
    seeds = ("--exclude-resource-types", "seed") if kept.seeds else ()
    # views say the same on every day
    others = ("--exclude-resource-types", "test", "--exclude", "config.materialized:view")
    results = dbt.build(progress, *seeds, *(others if kept.months else ("--exclude", "test_type:generic")))
    test_count, broken = dbt.failed_checks(results, with_singular=kept.months)
    test_count += count_of("test", results)
    shown = dbt.causes(broken)
    again = dbt.test(shown) if shown else []
    alone = [result.node.name for result in again if result.status == "pass"]
    results += again
    problems = []
    if failures(results):
        with open_database(settings) as connection:
            problems = problems_of(connection, results)
        if len(shown) < len(broken):
            problems.append(f"tests that fail on what is made of these, too: {len(broken) - len(shown)}")
    elif alone:
        problems = [
            f"{', '.join(alone)}: found rows among other tests and not alone; run bankmart build --full-refresh"
        ]
    if problems:
        raise BankmartError(*problems, f"nothing is published; the details are in {dbt.log_path}")
    return results, test_count


def first_rebuilt_month(connection: duckdb.DuckDBPyConnection) -> date | None:
    """The first month that the build made anew; None for all."""
    ((rebuilt_from, first_month),) = connection.execute(
        "select max(period_month), (select min(period_month) from intermediate.int_months) "
        "from intermediate.int_rebuild_start"
    ).fetchall()
    # what an account's opening date changes may begin before the months do
    return max(rebuilt_from, first_month) if rebuilt_from and first_month else rebuilt_from


def check_landed(files: list[LandedFile], as_of: date | None) -> date:
    """The as-of date, once what must be landed by then is."""
    if not files:
        raise BankmartError("nothing is landed: run bankmart land first, with --inbox or BANKMART_INBOX set")
    newest = max(file.batch_date for file in files)
    as_of_date = as_of or newest
    if as_of_date > newest + FURTHEST_AS_OF:
        raise BankmartError(
            f"--as-of {as_of_date}: more than a year after the newest batch, of {newest}; give a day up to "
            f"{newest + FURTHEST_AS_OF}"
        )
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

    Raises BankmartError when it is damaged, and (locked) when another program has it open.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    try:
        connection = duckdb.connect(str(settings.database), config=settings.engine)
    except duckdb.IOException as error:
        if "lock" not in str(error):
            raise BankmartError(
                f"{settings.database}: cannot be read ({str(error).splitlines()[0]}); all in it can be made again: "
                "move it away and run bankmart run"
            ) from None
        raise BankmartError(
            f"{settings.database} is open in another program ({str(error).splitlines()[0]}); close it there, "
            f"readers use {settings.publication}",
            exit_code=ExitCode.LOCKED,
        ) from None
    try:
        yield connection
    finally:
        connection.close()


def has_kept_fingerprints(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether only the command has made tables since the last build that passed; see macro `forget_last_build`."""
    found = connection.execute(
        "select 1 from duckdb_tables() where database_name = current_database() "
        "and schema_name || '.' || table_name = 'intermediate.kept_fingerprints'"
    )
    return bool(found.fetchall())


def inputs_digest(files: list[LandedFile], until: str) -> str:
    """SHA-256 over the landed files of the batches up to a day, and the key of personal numbers."""
    # brings dbt with it
    from bankmart.privacy import key_digest

    digest = hashlib.sha256(key_digest().encode())
    for file in files:
        if file.batch_date.isoformat() <= until:
            digest.update(f"\n{file.batch_date} {file.extract} {file.file_name} {file.sha256}".encode())
    return digest.hexdigest()


def code_digest() -> str:
    """SHA-256 over what makes tables of input and rules, and what tests them: models, macros, tests, programs."""
    digest = hashlib.sha256(f"{duckdb.__version__} {version('dbt-core')} {version('dbt-duckdb')}".encode())
    paths = [path for folder in ("models", "macros", "seeds") for path in (PROJECT / folder).rglob("*.*")]
    # months that are kept have passed the tests of before
    paths += (PROJECT / "tests").rglob("*.sql")
    settings = [PROJECT / "dbt_project.yml", PROJECT / "profiles.yml"]
    for path in sorted([*paths, *settings, *(PROJECT / "src" / "bankmart").glob("*.py")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def rules_digest() -> str:
    """SHA-256 over all seeds: two builds of one digest followed the same rules."""
    digest = hashlib.sha256()
    for path in sorted((PROJECT / "seeds").rglob("*.csv")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def seeds_digest(connection: duckdb.DuckDBPyConnection, rules: str) -> str:
    """Digest of the seeds as they are written and as the database holds them: equal ones need no loading."""
    digest = hashlib.sha256(rules.encode())
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
