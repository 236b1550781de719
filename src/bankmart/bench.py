"""The benchmark: what a run costs, beside a hand-written script of the same marts and the least that must be done."""

import math
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from bankmart.archive import Archive
from bankmart.dbt_command import Dbt, failures
from bankmart.errors import BankmartError, ExitCode
from bankmart.generate import generate
from bankmart.settings import PROJECT, PUBLISHED_SCHEMAS, Settings
from bankmart.sql_text import quoted
from bankmart.warehouse import Build

FOLDER = PROJECT / "benchmarks"
REPORT = FOLDER / "README.md"
MARK = "<!-- measured: everything below this line is written by the command -->"
CUSTOMERS_AT_SCALE_1 = 1_000_000
TINY_BANK = 100
MEMORY_LIMIT, TIGHT_MEMORY_LIMIT = "4GB", "1GB"
SCRIPT_MARTS = (
    "fct_customer_months",
    "fct_customer_segments",
    "fct_customer_tiers",
    "fct_instrument_profits",
    "fct_customer_profits",
)


@dataclass(frozen=True)
class Cost:
    """What one process cost: seconds on the clock, seconds of all cores, and gigabytes at its peak."""

    seconds: float
    cpu_seconds: float
    peak: float


@dataclass(frozen=True)
class Bench:
    """The places of one bank: its inbox whole, its inbox without the last night, and where things are built."""

    folder: Path
    customers: int

    @property
    def inbox(self) -> Path:
        """The bank with its last night."""
        return self.folder / "inbox"

    @property
    def inbox_before(self) -> Path:
        """The bank as it was delivered before its last night."""
        return self.folder / "before"

    @property
    def csv_inbox(self) -> Path:
        """The same as UTF-8 CSV."""
        return self.folder / "csv"

    def home(self, name: str) -> Path:
        """A home directory of that name."""
        return self.folder / f"home-{name}"

    def prepare(self) -> None:
        """Generate the bank, unless an earlier benchmark did."""
        if not self.inbox.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            generate(self.inbox, self.customers, months=12, seed=1, nights=1, limits={"memory_limit": MEMORY_LIMIT})
        shutil.rmtree(self.inbox_before, ignore_errors=True)
        self.inbox_before.mkdir()
        for batch in sorted(self.inbox.iterdir())[:-1]:
            (self.inbox_before / batch.name).symlink_to(batch, target_is_directory=True)

    def write_csv(self) -> None:
        """Write the deliveries before the last night as CSV too."""
        for path in sorted(self.inbox_before.glob("*/*.parquet")):
            copy = self.csv_inbox / path.parent.name / f"{path.stem}.csv"
            copy.parent.mkdir(parents=True, exist_ok=True)
            rows = f"from read_parquet('{quoted(path)}', hive_partitioning = false)"
            duckdb.sql(f"copy ({rows}) to '{quoted(copy)}' (header)")


def bench(folder: Path, scale: float, repeats: int, say: Callable[[str], None] = lambda _: None) -> dict[str, object]:
    """Measure at a quarter, a half and the whole of a scale, interleaved, and write the table to the docs.

    Raises BankmartError when a command of the benchmark fails, or the script's rows differ from the marts'.
    """
    if not 0.0004 <= scale <= 5 or repeats < 1:
        raise BankmartError(
            f"--scale {scale} --repeats {repeats}: give a scale from 0.0004 to 5 and at least 1 repeat",
            exit_code=ExitCode.WRONG_USAGE,
        )
    benches = [
        Bench(folder / f"{part * scale:g}", round(part * scale * CUSTOMERS_AT_SCALE_1)) for part in (0.25, 0.5, 1)
    ]
    tiny = Bench(folder / "tiny", TINY_BANK)
    for one in (tiny, *benches):
        say(f"generating {one.customers:,} customers")
        one.prepare()
    largest = benches[-1]
    largest.write_csv()
    costs: dict[str, list[Cost]] = {}

    def measure(label: str, arguments: list[str], home: Path, memory_limit: str = MEMORY_LIMIT) -> None:
        say(label)
        costs.setdefault(label, []).append(cost_of(arguments, home, memory_limit))

    for number in range(repeats):
        measure("tiny run", command("run", "--inbox", tiny.inbox), fresh(tiny.home("run")))
        measure("tiny night", command("run", "--inbox", tiny.inbox), tiny.home("run"))
        measure("warm parse", python("parse_project"), tiny.home("run"))
        for one in benches:
            measure(f"land {one.customers}", command("land", "--inbox", one.inbox_before), fresh(one.home("night")))
            measure(f"build {one.customers}", command("build"), one.home("night"))
            measure(f"publish {one.customers}", command("publish"), one.home("night"))
            measure(f"night {one.customers}", command("run", "--inbox", one.inbox), one.home("night"))
            measure(f"script {one.customers}", python("run_script", one.folder, one.home("night")), one.home("night"))
            measure(f"floor {one.customers}", python("run_floor", one.folder, one.home("night")), one.home("night"))
        home = largest.home("night")
        measure("build of the script's marts", python("build_script_marts"), home)
        measure("build in 1 GB", command("build", "--full-refresh"), home, TIGHT_MEMORY_LIMIT)
        measure("copy", python("copy_inbox", largest.inbox_before, largest.folder / "copy"), home)
        measure("land CSV", command("land", "--inbox", largest.csv_inbox), fresh(largest.home("csv")))
        measure("copy CSV", python("copy_inbox", largest.csv_inbox, largest.folder / "copy"), home)
        if number == 0:
            for one in benches:
                check_script(one)
    figures = summarize(costs, benches)
    REPORT.write_text(report(figures, costs, benches, scale, repeats), encoding="utf-8")
    return figures


def command(*arguments: object) -> list[str]:
    """A command line of bankmart."""
    return [sys.executable, "-m", "bankmart", *map(str, arguments)]


def python(function: str, *paths: Path) -> list[str]:
    """A function of this module in a process of its own."""
    return [
        sys.executable,
        "-c",
        f"import sys; from bankmart import bench; bench.{function}(*sys.argv[1:])",
        *map(str, paths),
    ]


def fresh(home: Path) -> Path:
    """An empty home directory."""
    shutil.rmtree(home, ignore_errors=True)
    return home


def cost_of(arguments: list[str], home: Path, memory_limit: str) -> Cost:
    """Run a process to its end and say what it cost."""
    environment = {
        **os.environ,
        "BANKMART_HOME": str(home),
        "BANKMART_MEMORY_LIMIT": memory_limit,
        "BANKMART_THREADS": str(os.cpu_count()),
    }
    started = time.monotonic()
    with subprocess.Popen(
        arguments, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        message = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise BankmartError(
            f"{' '.join(arguments)} failed: {message.strip()[-300:]}; mend that and run the benchmark again"
        )
    return Cost(time.monotonic() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024 / 1024)


def parse_project() -> Dbt:
    """What every build begins with: dbt with what it knows of the project, as of the day of the home's last build.

    Raises BankmartError where the home holds no build.
    """
    settings = Settings.resolve()
    return Dbt(settings, date.fromisoformat(Build.required(settings).as_of_date), settings.home)


def build_script_marts() -> list:
    """The marts that the script makes, what they are made of, and the tests of these: the results of dbt's nodes.

    Raises BankmartError as `parse_project`, and where a model or test fails.
    """
    marts = (f"+{mart}" for mart in SCRIPT_MARTS)
    results = parse_project().build(lambda *_: None, "--select", *marts, "--indirect-selection", "cautious")
    if failed := failures(results):
        raise BankmartError(*(f"{result.node.name}: {result.message}" for result in failed))
    return results


def run_script(folder: str, home: str) -> None:
    """The peer, over the same archive, into a database of its own."""
    run_sql(Path(folder), Path(home), "script")


def run_floor(folder: str, home: str) -> None:
    """The limit: the scan, one aggregate, and a copy of what a build would publish."""
    connection = run_sql(Path(folder), Path(home), "floor")
    connection.execute(f"attach '{quoted(Path(home) / 'bankmart.duckdb')}' as built (read_only)")
    for schema, table in connection.execute(
        "select schema_name, table_name from duckdb_tables() "
        f"where database_name = 'built' and schema_name in {PUBLISHED_SCHEMAS}"
    ).fetchall():
        connection.execute(f"create table {schema}_{table} as from built.{schema}.{table}")


def run_sql(folder: Path, home: Path, name: str) -> duckdb.DuckDBPyConnection:
    """Run a script of the benchmarks in a new database that shows the archive of a home."""
    database = folder / f"{name}.duckdb"
    database.unlink(missing_ok=True)
    settings = Settings.resolve(None, home)
    connection = duckdb.connect(str(database), config=settings.engine)
    Archive(settings.archive).register(connection)
    connection.execute(f"set variable seeds = '{quoted(PROJECT / 'seeds')}'")
    connection.execute((FOLDER / f"{name}.sql").read_text(encoding="utf-8"))
    return connection


def copy_inbox(inbox: str, target: str) -> None:
    """The same bytes once through pyarrow: what landing cannot be cheaper than."""
    import pyarrow as pa
    import pyarrow.csv
    import pyarrow.parquet as pq

    shutil.rmtree(target, ignore_errors=True)
    for path in sorted(Path(inbox).glob("*/*.*")):
        copy = Path(target) / path.parent.name / f"{path.stem}.parquet"
        copy.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".parquet":
            file = pq.ParquetFile(path)
            schema, batches = file.schema_arrow, file.iter_batches(batch_size=1 << 17)
        else:
            # as text: types guessed from the first rows do not hold for all
            names = path.open(encoding="utf-8").readline().rstrip("\n").split(",")
            as_text = pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()))
            batches = pyarrow.csv.open_csv(path, convert_options=as_text)
            schema = batches.schema
        with pq.ParquetWriter(copy, schema, compression="zstd", compression_level=1) as writer:
            for batch in batches:
                writer.write_batch(batch)


def check_script(one: Bench) -> None:
    """The script must have made the rows of the marts; otherwise its time says nothing."""
    with duckdb.connect(str(one.folder / "script.duckdb"), read_only=True) as connection:
        connection.execute(f"attach '{quoted(one.home('night') / 'bankmart.duckdb')}' as built (read_only)")
        for mart in SCRIPT_MARTS:
            columns = ", ".join(row[0] for row in connection.execute(f"describe marts.{mart}").fetchall())
            ours, theirs = f"select {columns} from built.marts.{mart}", f"select {columns} from marts.{mart}"
            (differing,) = connection.execute(
                f"select count(*) from (({ours} except all {theirs}) union all ({theirs} except all {ours}))"
            ).fetchone()
            if differing:
                raise BankmartError(
                    f"benchmarks/script.sql: {differing:,} rows of {mart} differ from the mart's; mend the script"
                )


def summarize(costs: dict[str, list[Cost]], benches: Iterable[Bench]) -> dict[str, object]:
    """The figures of the specification, from medians of CPU seconds: other programs disturb these least."""

    def seconds(label: str) -> float:
        return statistics.median(cost.cpu_seconds for cost in costs[label])

    smallest, _, largest = [one.customers for one in benches]
    fixed = seconds("tiny run")
    build = {customers: seconds(f"build {customers}") for customers in (smallest, largest)}
    beyond = {customers: max(build[customers] - fixed, 0.01) for customers in build}
    return {
        "full build with all tests ÷ script": build[largest] / seconds(f"script {largest}"),
        "build of the script's marts with their tests ÷ script": seconds("build of the script's marts")
        / seconds(f"script {largest}"),
        "script ÷ floor": seconds(f"script {largest}") / seconds(f"floor {largest}"),
        "fixed cost: `bankmart run` on a tiny bank, parsed before, seconds": statistics.median(
            cost.seconds for cost in costs["tiny night"]
        ),
        "warm parse, seconds": statistics.median(c.seconds for c in costs["warm parse"]),
        "nightly run ÷ full build, beyond the fixed cost": max(seconds(f"night {largest}") - seconds("tiny night"), 0)
        / beyond[largest],
        "growth exponent of the full build, beyond the fixed cost": math.log(beyond[largest] / beyond[smallest])
        / math.log(largest / smallest),
        "full build with a memory limit of 1 GB ÷ with 4 GB": seconds("build in 1 GB") / build[largest],
        "landing Parquet ÷ copying it": seconds(f"land {largest}") / seconds("copy"),
        "landing CSV ÷ copying it": seconds("land CSV") / seconds("copy CSV"),
    }


GOALS = ("≤ 1.4", "≤ 1.4", "≤ 1.6", "≤ 12", "≤ 2.5", "≤ 0.10", "≤ 1.1", "≤ 1.2", "≤ 1.5", "≤ 2")


def report(
    figures: dict[str, float], costs: dict[str, list[Cost]], benches: list[Bench], scale: float, repeats: int
) -> str:
    """The page of the benchmark: what stood above the mark, and the tables."""
    intro = REPORT.read_text(encoding="utf-8").partition(MARK)[0] if REPORT.exists() else "# Benchmark\n\n"
    lines = [
        f"`bankmart bench --scale {scale:g} --repeats {repeats}` on {os.cpu_count()} cores, {platform.machine()}, "
        f"DuckDB {duckdb.__version__} with {MEMORY_LIMIT} of memory, Python {platform.python_version()}.",
        "",
        "| figure (ratios of CPU seconds, medians) | measured | goal |",
        "|---|---|---|",
        *(f"| {name} | {value:.2f} | {goal} |" for (name, value), goal in zip(figures.items(), GOALS, strict=True)),
        "",
        "| step | customers | seconds | CPU seconds | peak GB |",
        "|---|---|---|---|---|",
    ]
    for label, measured in costs.items():
        step, _, customers = label.rpartition(" ") if label[-1].isdigit() else (label, "", "")
        medians = [
            statistics.median(getattr(cost, name) for cost in measured) for name in ("seconds", "cpu_seconds", "peak")
        ]
        size = (
            int(customers) if customers else TINY_BANK if step.startswith(("tiny", "warm")) else benches[-1].customers
        )
        lines.append(f"| {step} | {size:,} | {medians[0]:.1f} | {medians[1]:.1f} | {medians[2]:.2f} |")
    return intro + MARK + "\n\n" + "\n".join(lines) + "\n"
