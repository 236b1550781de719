"""Warehouses that several tests read, each built once by the command itself."""

import fcntl
import os
import shutil
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from pprint import pformat

import duckdb
import pytest

PROJECT = Path(__file__).resolve().parents[2]
SHARED = PROJECT.parent / "shared"
DEMO = PROJECT / "examples" / "demo_bank"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest file goes first: at the end one worker would be alone with it."""
    items.sort(key=lambda item: item.path.name != "test_nightly.py")


@dataclass(frozen=True)
class Warehouse:
    """A home directory and what the commands in it answered."""

    home: Path

    def command(self, *arguments: object, **environment: str) -> subprocess.CompletedProcess:
        """Run `bankmart` on this home."""
        return subprocess.run(
            [sys.executable, "-m", "bankmart", *map(str, arguments)],
            env={**os.environ, "BANKMART_HOME": str(self.home), **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def dbt(self, *arguments: object, target: str = "duckdb", **environment: str) -> subprocess.CompletedProcess:
        """Run dbt by hand, where the command has read the project for the target: to read it anew takes ten seconds."""
        folder = self.home if target == "duckdb" else self.home / target
        places = ("--target", target, "--target-path", folder / "target", "--log-path", folder / "logs")
        # as the command sets it: it is of the profile
        threads = {"BANKMART_THREADS": str(os.cpu_count())}
        return tool("dbt", *arguments, *places, home=self.home, **threads, **environment)

    def run(self, inbox: Path, *arguments: object, **environment: str) -> "Warehouse":
        """`bankmart run`, which must publish."""
        result = self.command("run", "--inbox", inbox, *arguments, **environment)
        assert result.returncode == 0, result.stderr
        return self

    def rows(self, query: str) -> list[tuple]:
        """Rows of a query on the build database."""
        with duckdb.connect(str(self.home / "bankmart.duckdb"), read_only=True) as connection:
            return connection.execute(query).fetchall()

    def published_rows(self, query: str) -> list[tuple]:
        """Rows of a query on what readers see."""
        with duckdb.connect(str(self.home / "published" / "current" / "bankmart.duckdb"), read_only=True) as connection:
            return connection.execute(query).fetchall()

    def mart_rows(self) -> dict[str, list[tuple]]:
        """All rows of all published marts, in one order."""
        tables = self.published_rows("select table_name from duckdb_tables() where schema_name = 'marts' order by 1")
        return {table: self.published_rows(f"from marts.{table} order by all") for (table,) in tables}

    def publication_bytes(self) -> dict[str, bytes]:
        """The publication as it stands on disk."""
        folder = (self.home / "published" / "current").resolve()
        return {str(path): path.read_bytes() for path in folder.iterdir()}


def tool(name: str, *arguments: object, home: Path, **environment: str) -> subprocess.CompletedProcess:
    """Run a tool that is installed beside this Python."""
    return subprocess.run(
        [Path(sys.executable).parent / name, *map(str, arguments)],
        env={**os.environ, "BANKMART_HOME": str(home), "NO_COLOR": "1", **environment},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def new_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Warehouse]:
    """Makes an empty warehouse, in which dbt knows the project as it does in one that was built before."""
    made: list[Path] = []

    def make() -> Warehouse:
        home = tmp_path_factory.mktemp("home")
        for other in made:
            if (other / KNOWN_PROJECT).exists():
                (home / "target").mkdir()
                shutil.copy(other / KNOWN_PROJECT, home / KNOWN_PROJECT)
                know_project(home, other)
                break
        made.append(home)
        return Warehouse(home)

    return make


# what dbt knows of a project: to read it anew takes ten seconds, and it does so under every profile, the path of the
# database in it
KNOWN_PROJECT = Path("target") / "partial_parse.msgpack"


def know_project(home: Path, other: Path) -> None:
    """Have what dbt knows of the project in a home, which comes from another, hold in this one."""
    known = home / KNOWN_PROJECT
    known.write_bytes(known.read_bytes().replace(profile_hash(other), profile_hash(home)))


def profile_hash(home: Path) -> bytes:
    """By what dbt tells whether the profile is that of the project which it knows."""
    from dbt.config.runtime import load_profile
    from dbt.flags import set_from_args
    from dbt_common.context import set_invocation_context

    set_invocation_context({**os.environ, "BANKMART_HOME": str(home), "BANKMART_THREADS": str(os.cpu_count())})
    set_from_args(Namespace(profiles_dir=PROJECT), None)
    connection = load_profile(str(PROJECT), {}, target_override="duckdb").credentials.connection_info()
    return sha256(pformat(sorted(connection)).encode()).hexdigest().encode()


@pytest.fixture(scope="session")
def demo_bank(tmp_path_factory: pytest.TempPathFactory, new_warehouse: Callable[[], Warehouse]) -> Warehouse:
    """The demo bank, landed, built and published by whichever worker needs it first. Tests only read it."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return new_warehouse().run(DEMO)
    ours, theirs = new_warehouse(), Warehouse(tmp_path_factory.getbasetemp().parent / "demo_bank")
    with theirs.home.with_suffix(".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if not (theirs.home / "published" / "current").exists():
            theirs.run(DEMO)
    return copied(theirs, ours.home)


@pytest.fixture(scope="session")
def new_demo_bank(demo_bank: Warehouse, new_warehouse: Callable[[], Warehouse]) -> Callable[[], Warehouse]:
    """Makes a demo bank, landed, built and published, that a test may change."""
    return lambda: copied(demo_bank, new_warehouse().home)


def copied(warehouse: Warehouse, home: Path) -> Warehouse:
    """A warehouse with all that another one has."""
    shutil.copytree(warehouse.home, home, symlinks=True, dirs_exist_ok=True)
    know_project(home, warehouse.home)
    return Warehouse(home)


def write_inbox(inbox: Path, batches: dict[str, dict[str, str | bytes]]) -> Path:
    """Write an inbox from `{batch date: {file name: content}}`."""
    for batch_date, files in batches.items():
        for name, content in files.items():
            path = inbox / f"batch_date={batch_date}" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return inbox
