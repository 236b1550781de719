"""One run at a time under one home."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bankmart.errors import BankmartError, ExitCode


@contextmanager
def exclusive(home: Path, command: str) -> Iterator[None]:
    """Hold the lock of a home directory; the operating system releases it when the process ends, however it ends.

    Raises BankmartError (locked) naming the holder when another run has it.
    """
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("a+", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.seek(0)
            raise BankmartError(
                f"{home} is in use by {handle.read().strip() or 'another run'}; wait for it to end",
                exit_code=ExitCode.LOCKED,
            ) from None
        handle.seek(0)
        handle.truncate()
        handle.write(f"bankmart {command} (process {os.getpid()}, since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC)\n")
        handle.flush()
        yield
