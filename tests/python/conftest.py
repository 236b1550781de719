"""Warehouses that several tests read, each built once by the command itself."""

import os
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from pprint import pformat

import duckdb
import pytest

PROJECT = Path(__file__).resolve().parents[2]
SHARED = PROJECT.parent / "shared"


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

    def run(self, inbox: Path, *arguments: object) -> "Warehouse":
        """`bankmart run`, which must publish."""
        result = self.command("run", "--inbox", inbox, *arguments)
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
                content = (other / KNOWN_PROJECT).read_bytes()
                (home / KNOWN_PROJECT).write_bytes(content.replace(profile_hash(other), profile_hash(home)))
                break
        made.append(home)
        return Warehouse(home)

    return make


# what dbt knows of a project: to read it anew takes ten seconds, and it does so under every profile, the path of the
# database in it
KNOWN_PROJECT = Path("target") / "partial_parse.msgpack"


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
def demo_bank(new_warehouse: Callable[[], Warehouse]) -> Iterator[Warehouse]:
    """The demo bank, landed, built and published. Tests only read it."""
    yield new_warehouse().run(PROJECT / "examples" / "demo_bank")


def write_inbox(inbox: Path, batches: dict[str, dict[str, str | bytes]]) -> Path:
    """Write an inbox from `{batch date: {file name: content}}`."""
    for batch_date, files in batches.items():
        for name, content in files.items():
            path = inbox / f"batch_date={batch_date}" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return inbox
