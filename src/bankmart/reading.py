"""Opening what is published, for every command that reads it, and the months that they are asked for."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import duckdb

from bankmart.errors import BankmartError, ExitCode


@contextmanager
def open_publication(
    publication: Path, config: Mapping[str, object] | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published file of this moment, for reading; a publication that follows takes its name, not its place.

    Raises BankmartError when nothing is published, or the file is damaged.
    """
    if not publication.exists():
        raise BankmartError(f"{publication}: nothing is published yet; run bankmart run first")
    path = publication.resolve()
    try:
        connection = duckdb.connect(str(path), read_only=True, config=dict(config or {}))
    except duckdb.IOException as error:
        raise BankmartError(
            f"{path}: cannot be read ({str(error).splitlines()[0]}); move {path.parent} away and run bankmart publish"
        ) from None
    with connection:
        yield connection


def month_of(text: str) -> date:
    """The first day of a month written as 2026-10, or as the marts write it. Raises BankmartError (wrong usage)."""
    for pattern in ("%Y-%m", "%Y-%m-01"):
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    raise BankmartError(f"--month {text}: give a year and a month, such as 2026-10", exit_code=ExitCode.WRONG_USAGE)
