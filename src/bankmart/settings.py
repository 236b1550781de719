"""Where things are: flags win over the environment, the environment over defaults."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from bankmart.errors import BankmartError, ExitCode

PROJECT = Path(__file__).resolve().parents[2]
# of the build database, what readers see
PUBLISHED_SCHEMAS = ("marts", "quality")
# of the build database and of what is published: DuckDB 1.4 and later open it. A file keeps its format whoever writes
# it, and this one takes a quarter less time to write than the engine's default, that of its oldest readers
STORAGE_VERSION = "v1.4.0"
MEMORY = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?([KMGT])i?B", re.IGNORECASE)
# with less the engine does not start
LEAST_MEMORY_MB = 64
MOST_THREADS = 1024


@dataclass(frozen=True)
class Settings:
    """The places and limits that a command works with."""

    inbox: Path
    home: Path
    threads: int
    memory_limit: str = ""

    @classmethod
    def resolve(cls, inbox: Path | None = None, home: Path | None = None) -> "Settings":
        """Read `BANKMART_INBOX`, `_HOME`, `_THREADS` and `_MEMORY_LIMIT` where no flag was given.

        Raises BankmartError (wrong usage) when the home is a file or one of the last two cannot be used.
        """
        threads = os.environ.get("BANKMART_THREADS") or str(os.cpu_count() or 1)
        if not threads.isdecimal() or not 1 <= int(threads) <= MOST_THREADS:
            raise BankmartError(
                f"BANKMART_THREADS is {threads!r}: give a whole number from 1 to {MOST_THREADS}",
                exit_code=ExitCode.WRONG_USAGE,
            )
        memory_limit = os.environ.get("BANKMART_MEMORY_LIMIT", "")
        if memory_limit and (megabytes_of(memory_limit) or 0) < LEAST_MEMORY_MB:
            raise BankmartError(
                f"BANKMART_MEMORY_LIMIT is {memory_limit!r}: give a size such as 4GB, of {LEAST_MEMORY_MB}MB at least",
                exit_code=ExitCode.WRONG_USAGE,
            )
        place = (home or Path(os.environ.get("BANKMART_HOME") or PROJECT / "warehouse")).absolute()
        if place.exists() and not place.is_dir():
            raise BankmartError(
                f"{place}: is a file; give a directory by --home or BANKMART_HOME", exit_code=ExitCode.WRONG_USAGE
            )
        return cls(
            inbox=(inbox or Path(os.environ.get("BANKMART_INBOX") or PROJECT / "examples" / "demo_bank")).absolute(),
            home=place,
            threads=int(threads),
            memory_limit=memory_limit,
        )

    @property
    def limits(self) -> dict[str, object]:
        """What every connection may take of the machine."""
        limit = {"memory_limit": self.memory_limit} if self.memory_limit else {}
        return {"threads": self.threads, **limit}

    @property
    def engine(self) -> dict[str, object]:
        """How every connection to the build database is configured."""
        return {"preserve_insertion_order": False, "storage_compatibility_version": STORAGE_VERSION, **self.limits}

    @property
    def archive(self) -> Path:
        """Every delivered file, once, as Parquet."""
        return self.home / "archive"

    @property
    def database(self) -> Path:
        """The build database; readers never open it."""
        return self.home / "bankmart.duckdb"

    @property
    def published(self) -> Path:
        """The published versions and the link to the current one."""
        return self.home / "published"

    @property
    def publication(self) -> Path:
        """The file that readers open."""
        return self.published / "current" / "bankmart.duckdb"


def megabytes_of(memory_limit: str) -> float | None:
    """A size such as 4GB in megabytes; None where it is no size."""
    match = MEMORY.fullmatch(memory_limit)
    return float(match[1]) * 1000.0 ** "KMGT".index(match[2].upper()) / 1000 if match else None


def key_is_demo() -> bool:
    """Whether no key for personal numbers is set, so that the public demo key is used."""
    return not os.environ.get("BANKMART_PII_KEY")
