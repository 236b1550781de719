"""Where things are: flags win over the environment, the environment over defaults."""

import os
from dataclasses import dataclass
from pathlib import Path

from bankmart.errors import BankmartError, ExitCode

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Settings:
    """The places and limits that a command works with."""

    inbox: Path
    home: Path
    threads: int

    @classmethod
    def resolve(cls, inbox: Path | None = None, home: Path | None = None) -> "Settings":
        """Read `BANKMART_INBOX`, `BANKMART_HOME` and `BANKMART_THREADS` where no flag was given.

        Raises BankmartError (wrong usage) when `BANKMART_THREADS` is no positive number.
        """
        threads = os.environ.get("BANKMART_THREADS") or str(os.cpu_count() or 1)
        if not threads.isdecimal() or int(threads) < 1:
            raise BankmartError(
                f"BANKMART_THREADS is {threads!r}: give a whole number of at least 1", exit_code=ExitCode.WRONG_USAGE
            )
        return cls(
            inbox=(inbox or Path(os.environ.get("BANKMART_INBOX") or PROJECT / "examples" / "demo_bank")).absolute(),
            home=(home or Path(os.environ.get("BANKMART_HOME") or PROJECT / "warehouse")).absolute(),
            threads=int(threads),
        )

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
