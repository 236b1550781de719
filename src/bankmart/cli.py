"""The command: `bankmart run`, and its steps alone."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from bankmart.archive import Archive
from bankmart.errors import BankmartError, ExitCode, says_full_disk
from bankmart.landing import LandingReport, land
from bankmart.lock import exclusive
from bankmart.settings import Settings, key_is_demo

app = typer.Typer(
    name="bankmart",
    help="A bank's customer warehouse: lands extracts, builds and tests the marts, publishes them to readers.",
    add_completion=False,
    pretty_exceptions_enable=False,
)
output = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)
# typer gives it no public name
UsageError = typer.BadParameter.__base__


class Target(StrEnum):
    """The engine that builds, by the name of dbt's target."""

    DUCKDB = "duckdb"
    POSTGRES = "postgres"


Inbox = Annotated[
    Path | None,
    typer.Option("--inbox", help="Where batches arrive. Environment: BANKMART_INBOX; default: the demo bank."),
]
Home = Annotated[
    Path | None,
    typer.Option("--home", help="Where the warehouse is kept. Environment: BANKMART_HOME; default: warehouse/."),
]
AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of", formats=["%Y-%m-%d"], help="Replay what the bank knew that day; default: the newest batch."
    ),
]
Reseal = Annotated[
    str | None,
    typer.Option(
        "--reseal", metavar="REASON", help="Let sealed months of the point ledger change; the reason stays on record."
    ),
]
FullRefresh = Annotated[
    bool, typer.Option("--full-refresh", help="Make every month anew, also those that nothing new can have changed.")
]
Supersede = Annotated[
    list[str] | None,
    typer.Option(
        "--supersede", metavar="DATE/EXTRACT", help="Let a changed delivery take the place of the landed one."
    ),
]


@app.callback()
def options(debug: Annotated[bool, typer.Option("--debug", help="Show the stack trace of an error.")] = False) -> None:
    """A bank's customer warehouse: lands extracts, builds and tests the marts, publishes them to readers."""


@app.command("run")
def run_command(
    inbox: Inbox = None,
    home: Home = None,
    as_of: AsOf = None,
    reseal: Reseal = None,
    full_refresh: FullRefresh = False,
) -> None:
    """Land, build, audit and publish. Exit status 0 only when readers see the result."""
    from bankmart.publication import publish
    from bankmart.warehouse import build

    started = time.monotonic()
    settings = Settings.resolve(inbox, home)
    with exclusive(settings.home, "run"):
        warn_of_demo_key()
        report = land_and_report(settings)
        with progress_bar("Building") as progress:
            built = build(settings, day_of(as_of), progress, reseal, full_refresh)
        warn(built.warnings)
        publication = publish(settings)
    table = Table.grid(padding=(0, 2))
    table.add_row("batches landed", ", ".join(str(day) for day in report.batch_dates) or "none new")
    for label, count in reconciled_rows(settings).items():
        table.add_row(f"rows {label}", f"{count:,}")
    table.add_row("models built", f"{built.model_count}, {built.months}")
    table.add_row("tests passed", str(built.test_count))
    table.add_row("seconds", f"{time.monotonic() - started:.1f}")
    table.add_row("as of", built.as_of_date)
    table.add_row("published", f"{'version' if publication.is_new else 'unchanged, version'} {publication.version}")
    table.add_row("marts", str(settings.publication))
    output.print(table)


@app.command("land")
def land_command(inbox: Inbox = None, home: Home = None, supersede: Supersede = None) -> None:
    """Copy what is new in the inbox into the archive, and show the archive to dbt; what is built stays."""
    settings = Settings.resolve(inbox, home)
    with exclusive(settings.home, "land"):
        report = land_and_report(settings, supersede or [])
        print_landed(report)
        show_landed(settings)


@app.command("build")
def build_command(
    home: Home = None,
    as_of: AsOf = None,
    reseal: Reseal = None,
    full_refresh: FullRefresh = False,
    target: Annotated[
        Target, typer.Option(help="postgres: on the server that PGHOST, PGDATABASE, PGUSER, PGPASSWORD name.")
    ] = Target.DUCKDB,
) -> None:
    """Build every model from the archive and run every test."""
    from bankmart import postgres, warehouse

    if target == Target.POSTGRES and (reseal or full_refresh):
        problem = "--target postgres keeps neither seals nor months: leave --reseal and --full-refresh away"
        raise BankmartError(problem, exit_code=ExitCode.WRONG_USAGE)
    settings = Settings.resolve(None, home)
    with exclusive(settings.home, "build"), progress_bar("Building") as progress:
        warn_of_demo_key()
        if target == Target.POSTGRES:
            built = postgres.build(settings, day_of(as_of), progress)
        else:
            built = warehouse.build(settings, day_of(as_of), progress, reseal, full_refresh)
    warn(built.warnings)
    output.print(
        f"built {built.model_count} models, {built.months}, passed {built.test_count} tests as of {built.as_of_date} "
        f"in {built.seconds} seconds"
    )


@app.command("publish")
def publish_command(home: Home = None) -> None:
    """Give readers the marts of the last build that passed."""
    from bankmart.publication import publish

    settings = Settings.resolve(None, home)
    with exclusive(settings.home, "publish"):
        publication = publish(settings)
    state = "published" if publication.is_new else "unchanged:"
    output.print(f"{state} version {publication.version}, as of {publication.as_of_date}: {settings.publication}")


@app.command("seal")
def seal_command(home: Home = None) -> None:
    """Check the sealed months of the point ledger against the last build, and list them."""
    from bankmart.seals import check_seals
    from bankmart.warehouse import Build, open_database

    settings = Settings.resolve(None, home)
    built = Build.required(settings)
    with exclusive(settings.home, "seal"), open_database(settings) as connection:
        seals = check_seals(connection, settings, date.fromisoformat(built.as_of_date))
    table = Table("month", "entries", "points", "sealed as of", "digest", "reason", box=None, padding=(0, 2, 0, 0))
    for seal in seals:
        table.add_row(
            *(f"{seal.posted_month:%Y-%m}", f"{seal.entry_count:,}", f"{seal.points:,.2f}", f"{seal.as_of_date}"),
            *(seal.digest[:16], Text(seal.reason)),
        )
    output.print(table if seals else "no month is sealed yet")


@app.command("status")
def status_command(home: Home = None) -> None:
    """Say what is landed, built, published and quarantined, and since when."""
    from bankmart.publication import current_publication
    from bankmart.warehouse import Build

    settings = Settings.resolve(None, home)
    files = Archive(settings.archive).current_files()
    table = Table.grid(padding=(0, 2))
    if files:
        days = sorted({file.batch_date for file in files})
        table.add_row(
            "landed",
            f"{len(days)} batches, {days[0]} to {days[-1]}, {len(files)} files, "
            f"{sum(file.row_count for file in files):,} rows",
        )
        table.add_row("", f"last on {max(file.landed_at for file in files):%Y-%m-%d %H:%M:%S} UTC")
    else:
        table.add_row("landed", "nothing yet")
    built = Build.of(settings)
    table.add_row(
        "built",
        f"as of {built.as_of_date}, {built.model_count} models, {built.test_count} tests, at {built.built_at} UTC"
        if built
        else "no build that passed",
    )
    published = current_publication(settings)
    table.add_row(
        "published",
        f"version {published.version}, as of {published.as_of_date}, built {published.built_at:%Y-%m-%d %H:%M:%S} UTC"
        if published
        else "nothing yet",
    )
    if published:
        for label, count in reconciled_rows(settings).items():
            table.add_row(f"rows {label}", f"{count:,}")
        table.add_row("", quarantined_since(settings))
        table.add_row("marts", str(settings.publication))
    output.print(table)


@app.command("explain")
def explain_command(
    customer_id: Annotated[
        str | None, typer.Argument(metavar="[CUSTOMER_ID]", help="As published; leading zeros count.")
    ] = None,
    month: Annotated[str | None, typer.Option(metavar="YYYY-MM", help="Default: the newest month.")] = None,
    department: Annotated[
        str | None, typer.Option(metavar="DEPARTMENT_ID", help="Explain the reward of a department; needs --year.")
    ] = None,
    year: Annotated[int | None, typer.Option(metavar="YYYY", help="Assessment year of the reward.")] = None,
    language: Annotated[str, typer.Option("--lang", metavar="en|zh", help="Language of the page.")] = "en",
    home: Home = None,
) -> None:
    """Say why a customer is in its segment and tiers, or how a department came to its reward, with what decided."""
    from bankmart.explain_customer import explain_customer
    from bankmart.explain_department import explain_department

    settings = Settings.resolve(None, home)
    if customer_id is not None and department is None and year is None:
        page = explain_customer(settings, customer_id, month, language)
    elif customer_id is None and month is None and department is not None and year is not None:
        page = explain_department(settings, department, year, language)
    else:
        problem = "give a CUSTOMER_ID, with --month or without, or --department with --year"
        raise BankmartError(problem, exit_code=ExitCode.WRONG_USAGE)
    print_page(page)


@app.command("whatif")
def whatif_command(
    rules: Annotated[Path, typer.Option("--rules", metavar="DIR", help="Changed copies of files of seeds/rules.")],
    month: Annotated[str | None, typer.Option(metavar="YYYY-MM", help="Default: the newest month.")] = None,
    csv_folder: Annotated[
        Path | None, typer.Option("--csv", metavar="DIR", help="Write all differences there as CSV files.")
    ] = None,
    home: Home = None,
) -> None:
    """Say what other rules would do: who moves between tiers, what is earned, what is paid. Nothing is changed."""
    from bankmart.whatif import whatif
    from bankmart.whatif_report import report

    settings = Settings.resolve(None, home)
    with exclusive(settings.home, "whatif"), progress_bar("Rebuilding") as progress:
        comparison = whatif(settings, rules, month, csv_folder, progress)
    warn(comparison.warnings)
    print_page(report(comparison))
    if csv_folder is not None:
        output.print(f"all differences: {csv_folder}")


@app.command("sql")
def sql_command(
    query: Annotated[str | None, typer.Argument(metavar="SQL", help="Without it: a prompt, or standard input.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Every row as CSV, not a table of the first ones.")] = False,
    home: Home = None,
) -> None:
    """Ask what is published, in SQL: read-only, without files, network or extensions."""
    from bankmart.sql_shell import locked_publication, prompt, run_statements

    with locked_publication(Settings.resolve(None, home)) as connection:
        if query is None and sys.stdin.isatty() and not as_csv:
            prompt(connection, output, errors)
        else:
            run_statements(connection, query if query is not None else sys.stdin.read(), output, as_csv)


@app.command("dashboard")
def dashboard_command(
    export: Annotated[
        Path | None, typer.Option(metavar="FILE.html", help="Write one page for mail instead of serving.")
    ] = None,
    language: Annotated[str, typer.Option("--lang", metavar="en|zh", help="Language of the page.")] = "en",
    month: Annotated[str | None, typer.Option(metavar="YYYY-MM", help="Of the page; default: the newest.")] = None,
    region: Annotated[str | None, typer.Option(help="Of the page; default: all.")] = None,
    branch: Annotated[str | None, typer.Option(help="Of the page, with all below it; default: all.")] = None,
    host: Annotated[str, typer.Option(help="Address to serve on; others can then read the publication.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to serve on.", min=1, max=65535)] = 8020,
    home: Home = None,
) -> None:
    """Show the published marts to a head of corporate banking, in a browser or as one page for mail."""
    from bankmart import dashboard

    settings = Settings.resolve(None, home)
    filters = {name: value for name, value in (("month", month), ("region", region), ("branch", branch)) if value}
    if export:
        dashboard.export(settings, export, language, filters)
        output.print(f"wrote {export}")
        return
    if filters:
        problem = f"--{next(iter(filters))} is for --export; a served board has its filters on the page"
        raise BankmartError(problem, exit_code=ExitCode.WRONG_USAGE)
    dashboard.serve(settings, host, port, lambda address: output.print(address))


@app.command("generate")
def generate_command(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The inbox to write, a new directory.")],
    customers: Annotated[int, typer.Option(help="How many; all else follows from it.")] = 10_000,
    months: Annotated[int, typer.Option(help="Months of history, up to 31 October 2026.")] = 12,
    seed: Annotated[int, typer.Option(help="Equal seeds make equal banks.")] = 0,
    spoilt: Annotated[
        float,
        typer.Option("--errors", metavar="RATE", help="Share of rows to spoil; OUT.errors.csv lists the quarantine."),
    ] = 0.0,
    nights: Annotated[int, typer.Option(help="Deliver so many of the last days as a batch each.")] = 0,
) -> None:
    """Write a synthetic bank as an inbox, with a truth table of the errors it injected."""
    from bankmart.generate import generate

    started = time.monotonic()
    bank = generate(out.absolute(), customers, months, seed, spoilt, nights, Settings.resolve().limits)
    output.print(
        f"generated {sum(bank.row_counts.values()):,} rows in {len(bank.batch_dates)} batches, "
        f"{bank.error_count:,} of them to be quarantined, in {time.monotonic() - started:.1f} seconds: {out}"
    )


@app.command("bench")
def bench_command(
    scale: Annotated[float, typer.Option(help="The largest bank; 1 is a million customers.")] = 0.1,
    repeats: Annotated[int, typer.Option(help="Rounds, of which medians are taken.")] = 3,
    folder: Annotated[Path, typer.Option(help="Where banks and databases are kept.")] = Path("/tmp/bankmart-bench"),
) -> None:
    """Measure a run beside a hand-written script and the least that must be done; write the table to benchmarks/."""
    from bankmart.bench import REPORT, bench

    with progress_bar("Measuring") as progress:
        figures = bench(folder.absolute(), scale, repeats, lambda step: progress(0, 0, step))
    table = Table.grid(padding=(0, 2))
    for name, value in figures.items():
        table.add_row(name, f"{value:.2f}")
    output.print(table)
    output.print(f"written to {REPORT}")


def warn(warnings: list[str]) -> None:
    """Say on standard error what needs a look and stops nothing."""
    for warning in warnings:
        errors.print(f"warning: {warning}")


def land_and_report(settings: Settings, supersede: list[str] | None = None) -> LandingReport:
    """Land the inbox; warnings go to standard error.

    Raises BankmartError with one line for every refused file, once it is said what landed beside them.
    """
    with progress_bar("Landing") as progress:
        report = land(settings.inbox, Archive(settings.archive), supersede or [], lambda label: progress(0, 0, label))
    warn(report.warnings)
    if report.refusals:
        print_landed(report)
        show_landed(settings)
        raise BankmartError(*report.refusals)
    return report


def print_landed(report: LandingReport) -> None:
    """Say which files landed."""
    for file in report.landed:
        output.print(f"landed {file.batch_date}/{file.file_name}: {file.row_count:,} rows, {file.encoding}")
    output.print(f"{len(report.landed)} files landed, {report.unchanged_count} landed before")


def show_landed(settings: Settings) -> None:
    """Let whoever runs dbt himself find in schema `landing` what the archive holds now.

    Raises BankmartError when the archive has lost a file, and (locked) when another program has the database open.
    """
    from bankmart.warehouse import open_database

    archive = Archive(settings.archive)
    archive.check_files(archive.current_files())
    with open_database(settings) as connection:
        archive.register(connection)


def warn_of_demo_key() -> None:
    """Say so where everybody knows the key by which personal numbers are hashed."""
    if key_is_demo():
        warn(["BANKMART_PII_KEY is not set; personal numbers are hashed with the public demo key"])


def reconciled_rows(settings: Settings) -> dict[str, int]:
    """Rows of the publication by what became of them."""
    from bankmart.reading import open_publication

    with open_publication(settings.publication) as connection:
        row = connection.execute(
            "select coalesce(sum(rows_accepted), 0), coalesce(sum(rows_superseded), 0), "
            "coalesce(sum(rows_quarantined), 0) from quality.extract_reconciliation"
        ).fetchone()
    return dict(zip(("accepted", "superseded", "quarantined"), map(int, row), strict=True))


def quarantined_since(settings: Settings) -> str:
    """Which batches of the publication have rows in quarantine."""
    from bankmart.reading import open_publication

    with open_publication(settings.publication) as connection:
        batches = connection.execute(
            "select batch_date, sum(rows_quarantined) from quality.extract_reconciliation "
            "group by batch_date having sum(rows_quarantined) > 0 order by batch_date"
        ).fetchall()
    if not batches:
        return "none in any batch"
    newest, count = batches[-1]
    return f"since the batch of {batches[0][0]}, {int(count):,} of them of {newest}"


def print_page(page: RenderableType) -> None:
    """Print what is read as one page.

    One that goes into a file or mail keeps its width, whatever the terminal it was made in.
    """
    from bankmart.explain_parts import PAGE_WIDTH

    width = min(output.width, PAGE_WIDTH) if output.is_terminal else PAGE_WIDTH
    Console(highlight=False, width=width).print(page)


def day_of(moment: datetime | None) -> date | None:
    """The day of an option's value."""
    return moment.date() if moment else None


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[int, int, str], None]]:
    """A bar with the step at work, on standard error and only where somebody looks at it."""
    columns = (
        SpinnerColumn(),
        TextColumn(title),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as progress:
        task = progress.add_task("", total=None)
        yield lambda done, total, step: progress.update(task, completed=done, total=total or None, description=step)


def main() -> None:
    """Entry point: every error is lines a user can act on, and an exit status."""
    debug = "--debug" in sys.argv
    try:
        # accepted anywhere on the line, not only before the command
        arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
        sys.exit(app(["--debug"] * debug + (arguments or ["--help"]), standalone_mode=False))
    except UsageError as error:
        place = error.ctx.command_path if error.ctx else "bankmart"
        errors.print(f"bankmart: {' '.join(error.format_message().split()).rstrip('.')} (see {place} --help)")
        sys.exit(ExitCode.WRONG_USAGE)
    except BankmartError as error:
        if debug:
            raise
        for problem in error.problems:
            errors.print(f"bankmart: {problem}")
        sys.exit(error.exit_code)
    except OSError as error:
        if debug:
            raise
        errors.print(
            f"bankmart: {error.strerror or error}{f': {error.filename}' if error.filename else ''}; "
            "mend that and run again"
        )
        sys.exit(ExitCode.BAD_INPUT)
    except Exception as error:
        if debug:
            raise
        message = " ".join(str(error).split())[:300]
        is_full = says_full_disk(str(error))
        what_to_do = "free some space and run again" if is_full else "run again with bankmart --debug to see where"
        errors.print(f"bankmart: {type(error).__name__}: {message}; {what_to_do}")
        sys.exit(ExitCode.BAD_INPUT)
