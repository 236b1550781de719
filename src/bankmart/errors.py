"""The one kind of error that a user sees."""

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit status of every command."""

    BAD_INPUT = 1
    WRONG_USAGE = 2
    LOCKED = 3


class BankmartError(Exception):
    """Something the user can act on: every line of `problems` says what, where, which value, and what to do."""

    def __init__(self, *problems: str, exit_code: ExitCode = ExitCode.BAD_INPUT) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
        self.exit_code = exit_code
