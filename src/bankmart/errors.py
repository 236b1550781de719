"""The one kind of error that a user sees."""

from enum import IntEnum
from pathlib import Path


class ExitCode(IntEnum):
    """Exit status of every command."""

    BAD_INPUT = 1
    WRONG_USAGE = 2
    LOCKED = 3


# what the system says where nothing more can be written, and the engine where nothing more can be put aside
FULL_DISK = ("No space left on device", "File too large", "Disk quota exceeded", "max_temp_directory_size")


class BankmartError(Exception):
    """Something the user can act on: every line of `problems` says what, where, which value, and what to do."""

    def __init__(self, *problems: str, exit_code: ExitCode = ExitCode.BAD_INPUT) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
        self.exit_code = exit_code


def says_full_disk(message: str) -> bool:
    """Whether a message says that a disk is full."""
    return any(words in message for words in FULL_DISK)


def check_disk(message: str, place: Path) -> None:
    """Raises BankmartError when a message says that the disk of a place is full."""
    if says_full_disk(message):
        raise BankmartError(f"no space left on the disk of {place}; free some and run again")
