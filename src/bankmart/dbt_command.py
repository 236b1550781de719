"""dbt in this process: one parse of the project, then the commands that a build needs."""

import gc
import json
import os
import warnings
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from threading import Lock

from bankmart.errors import BankmartError, check_disk
from bankmart.seed_files import check_encoding, check_seeds
from bankmart.settings import PROJECT, PUBLISHED_SCHEMAS, Settings

SHOWN_MESSAGES = 3
# a seed may come without its notes
warnings.filterwarnings("ignore", message=".*does not match the name of any column", category=RuntimeWarning)


class Dbt:
    """dbt on the build database as of a day; its log and its `target` go to a folder.

    With `keeps_months`, monthly tables keep the months before int_rebuild_start; with a day in `keeps_verdicts_until`,
    tables of staged records keep the verdicts on batches up to that day. With `checks_seeds`, a fault in a seed's file
    raises BankmartError with its file, row and column, before dbt loads any.

    Whatever it runs raises BankmartError when dbt cannot run at all; models and tests that fail are results.
    """

    def __init__(
        self,
        settings: Settings,
        as_of_date: date,
        folder: Path,
        target: str = "duckdb",
        keeps_months: bool = False,
        keeps_verdicts_until: str = "",
        checks_seeds: bool = False,
    ) -> None:
        os.environ.update(
            BANKMART_HOME=str(settings.home),
            BANKMART_THREADS=str(settings.threads),
            BANKMART_AS_OF_DATE=as_of_date.isoformat(),
            BANKMART_KEEPS_MONTHS="true" if keeps_months else "",
            BANKMART_KEEPS_VERDICTS_UNTIL=keeps_verdicts_until,
            DBT_SEND_ANONYMOUS_USAGE_STATS="false",
        )
        self.folder = folder
        self.log_path = folder / "logs" / "dbt.log"
        self.log_path.parent.mkdir(parents=True, exist_ok=True)
        self.log_path.unlink(missing_ok=True)
        # nothing reads the manifest of a nightly build, and writing it takes two seconds; dbt's own log formats ten
        # thousand lines that no level keeps
        self.options = [
            *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT), "--target", target),
            *("--target-path", str(folder / "target"), "--log-path", str(folder / "logs")),
            *("--log-level", "none", "--log-level-file", "none", "--no-use-colors"),
        ]
        if checks_seeds:
            # dbt could not even read the project
            check_encoding(PROJECT / "seeds")
        self.manifest = None
        self.manifest = self.run("parse")
        if checks_seeds:
            check_seeds([node for node in self.manifest.nodes.values() if node.resource_type == "seed"])
        # the grain of a view that one table stores is tested there: to test the view would compute it once more
        views = [node.name for node in self.manifest.nodes.values() if "stored_in" in node.config.meta]
        self.left_out = [f"{view}__grain" for view in sorted(views)]

    def build(self, progress: Callable[[int, int, str], None], *selection: str) -> list:
        """`dbt build` without its unit tests, which guard the code and not the data.

        Returns the result of every node that ran, failed ones too. Raises BankmartError when the disk is full.
        """
        done = 0

        def on_event(event) -> None:
            nonlocal done
            if event.info.name == "LogStartLine":
                progress(done, event.data.total, event.data.node_info.node_name)
            elif event.info.name == "NodeFinished":
                done += 1

        kinds = ("--exclude-resource-types", "unit_test", "--exclude-resource-types", "exposure")
        results = list(self.run("build", *kinds, "--exclude", *self.left_out, *selection, on_event=on_event))
        for result in failures(results):
            check_disk(str(result.message), self.folder)
        return results

    def test(self, selection: list[str]) -> list:
        """The result of every test of a selection; unlike in a build, one that fails keeps no other from running."""
        results = self.run("test", "--exclude", *self.left_out, "--select", *selection)
        # hooks have results, too
        return [result for result in results if result.node.resource_type == "test"]

    def failed_checks(self, results: list, with_singular: bool) -> tuple[int, list[str]]:
        """How many generic tests there are, and the names of those that found rows or cannot run, all run together.

        With `with_singular` it is all tests, each singular one by itself. Tests of models that did not come through the
        build, and of views on them, are left out.
        """
        found: dict = {}

        def on_event(event) -> None:
            if event.info.name == "JinjaLogInfo":
                found.update(json.loads(event.data.msg))

        not_built = {result.node.unique_id for result in results if result.status in ("error", "skipped")}
        if not_built:
            models = [node for node in self.manifest.nodes.values() if node.resource_type == "model"]
            not_built |= {model.unique_id for model in models if not_built & self.ancestors(model)}
        arguments = {"not_built": sorted(not_built), "left_out": self.left_out, "with_singular": with_singular}
        self.run("run-operation", "failed_checks", "--args", json.dumps(arguments), on_event=on_event)
        if not found:
            # one that cannot run takes the others of its statement with it; one by one each has its own result
            singly = self.test(["test_type:data" if with_singular else "test_type:generic"])
            return len(singly), [result.node.name for result in singly if result.status != "pass"]
        return found["check_count"], found["failed"]

    def causes(self, names: list[str]) -> list[str]:
        """Those of the tests that found rows that no other one explains.

        As where dbt stops in a build: a test, unless it only warns, explains another one that reads a model made of all
        that it reads itself.
        """
        broken = [node for node in self.manifest.nodes.values() if node.resource_type == "test" and node.name in names]
        stopping = [set(test.depends_on.nodes) for test in broken if test.config.severity.lower() == "error"]
        found = []
        for test in broken:
            nodes = [self.manifest.nodes[name] for name in test.depends_on.nodes if name in self.manifest.nodes]
            origins = [self.ancestors(node) for node in nodes]
            if not any(read and read <= made_of for read in stopping for made_of in origins):
                found.append(test.name)
        return found

    def ancestors(self, node) -> set[str]:
        """All that a model is made of, by dbt's unique ids."""
        found: set[str] = set()
        waiting = [node]
        while waiting:
            node = waiting.pop()
            parents = set(node.depends_on.nodes) - found if node.resource_type == "model" else set()
            found |= parents
            waiting += [self.manifest.nodes[name] for name in parents if name in self.manifest.nodes]
        return found

    def run(self, *arguments: str, on_event: Callable = lambda _: None):
        """What a command returns."""
        # importing dbt takes a second, which only the commands that build should pay
        from dbt.adapters.duckdb.connections import DuckDBConnectionManager
        from dbt.cli.main import dbtRunner

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
        with self.log_path.open("a", encoding="utf-8") as log:
            try:
                runner = dbtRunner(manifest=self.manifest, callbacks=[write_event, on_event])
                outcome = runner.invoke(["--no-write-json", *arguments, *self.options])
            finally:
                gc.enable()
                DuckDBConnectionManager.close_all_connections()
        if outcome.exception is not None:
            check_disk(str(outcome.exception), self.folder)
            reason = " ".join(str(outcome.exception).split())
            raise BankmartError(f"dbt cannot run: {reason} (its log is {self.log_path})")
        return outcome.result


def count_of(kind: str, results: list) -> int:
    """How many of the nodes that ran are of a kind."""
    return sum(result.node.resource_type == kind for result in results)


def published_models(nodes: Iterable) -> dict:
    """The models to publish among dbt's nodes, by the names of their relations."""
    models = {
        f"{node.schema}.{node.name}": node
        for node in nodes
        if node.resource_type == "model" and node.schema in PUBLISHED_SCHEMAS
    }
    return dict(sorted(models.items()))


def comments_of(model) -> dict[str, str]:
    """The comments of a model's columns, and its own under an empty name."""
    return {"": model.description, **{name: column.description for name, column in model.columns.items()}}


def failures(results: list) -> list:
    """The results of the models and tests that failed."""
    return [result for result in results if result.status in ("error", "fail")]


def problems_of(cursor, results: list) -> list[str]:
    """One line about every model and test that failed."""
    return [describe(cursor, result) for result in failures(results)]


def warnings_of(cursor, results: list) -> list[str]:
    """One line about every test that found rows and stops nothing."""
    return [describe(cursor, result) for result in results if result.status == "warn"]


def describe(cursor, result) -> str:
    """One line about a model or test that failed or warns; of a test with a column `message`, the first of these.

    The cursor is any of DB-API on the database that was built.
    """
    kind, name = result.node.resource_type, result.node.name
    if result.status == "error":
        lines = [line.strip() for line in str(result.message).splitlines() if line.strip()]
        return f"{kind} {name}: {' '.join(lines[:2])}"
    cursor.execute(f"select * from (\n{result.node.compiled_code}\n) as broken limit {SHOWN_MESSAGES}")
    columns = [column[0] for column in cursor.description]
    place = f"{result.failures} rows break it; the query that finds them is {result.node.compiled_path}"
    if "message" not in columns:
        return f"{kind} {name}: {place}"
    messages = [row[columns.index("message")] for row in cursor.fetchall()]
    return f"{kind} {name}: {'; '.join(messages)} ({place})"
