"""The dashboard: the board of `dashboard/` in each language, drawn by dbt charts from the published file alone.

The board is YAML with `${words}`. A word is a row of `texts.csv`, or `code_set__code` for a name of `marts.dim_codes`;
so the languages cannot differ in anything but words.
"""

import csv
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from string import Template

import yaml

from bankmart.errors import BankmartError, ExitCode
from bankmart.explain_words import LANGUAGES, check_language
from bankmart.reading import open_publication
from bankmart.settings import PROJECT, Settings

FOLDER = PROJECT / "dashboard"
SECTIONS = ("customer", "tiering", "profitability", "value", "cross_sell", "quality")
NO_TELEMETRY = {"DO_NOT_TRACK": "1"}


def serve(settings: Settings, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Show the board to browsers until somebody stops it; `announce` is told the address of each language.

    Raises BankmartError when dbt charts is not installed, the port is taken, or nothing is published.
    """
    check_installed()
    check_free(host, port)
    os.environ |= NO_TELEMETRY
    from dbt_charts.cli.main import app

    # asked to stop, the server stops first and the folder of its boards goes next
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with boards(settings) as folder:
        for language in LANGUAGES:
            announce(f"http://{host}:{port}/{language}/")
        # in this process, so that whoever stops it stops the server
        app([*arguments("serve", folder), "--host", host, "--port", str(port)], standalone_mode=False)


def export(settings: Settings, file: Path, language: str, filters: dict[str, str]) -> None:
    """Write the board as one page that needs neither network nor server, for mail.

    `filters` holds a code for each filter that is set. Raises BankmartError when the language or a code is unknown
    (wrong usage), the board cannot be drawn, dbt charts is not installed, or nothing is published.
    """
    check_installed()
    check_language(language)
    with boards(settings) as folder:
        variables = [part for pair in filter_names(settings, language, filters) for part in ("--var", pair)]
        page = folder / "page.html"
        output = [f"charts/{language}.yml", "--format", "html", "--no-warnings", "--output", str(page)]
        result = subprocess.run(
            [sys.executable, "-m", "dbt_charts.cli.main", *arguments("render", folder), *output, *variables],
            env=os.environ | NO_TELEMETRY,
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if result.returncode != 0:
            # the end says why
            reason = " ".join(result.stderr.split())[-300:]
            raise BankmartError(f"{file}: not written, because the board cannot be drawn: {reason}")
        file.write_bytes(page.read_bytes())


def check_installed() -> None:
    """Raises BankmartError when dbt charts is not installed."""
    if find_spec("dbt_charts") is None:
        raise BankmartError("dbt charts is not installed; run make setup, or pip install '.[dashboard]' in the project")


def check_free(host: str, port: int) -> None:
    """Raises BankmartError when somebody listens on the port: dbt charts would quietly take the next."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BankmartError(
                f"--host {host} --port {port}: {error.strerror or error}; give another port, or a host of this machine"
            ) from None


def filter_names(settings: Settings, language: str, filters: dict[str, str]) -> Iterator[str]:
    """`filter=name` for each filter, by the codes of its list.

    Raises BankmartError (wrong usage) when a list does not have the code.
    """
    queries = board(settings, language)["queries"]
    with open_publication(settings.publication) as connection:
        for name, code in filters.items():
            rows = connection.execute(f"select code, name from ({queries[f'{name}_options']})").fetchall()
            if code not in dict(rows):
                codes = ", ".join(row[0] for row in rows)
                raise BankmartError(f"--{name} {code}: give one of {codes}", exit_code=ExitCode.WRONG_USAGE)
            yield f"{name}={dict(rows)[code]}"


@contextmanager
def boards(settings: Settings) -> Iterator[Path]:
    """A folder with the board in every language, as dbt charts reads them, as long as it is needed.

    Raises BankmartError when nothing is published.
    """
    with tempfile.TemporaryDirectory(prefix="bankmart-dashboard-") as name:
        folder = Path(name)
        sources = {"publication": {"type": "duckdb", "path": str(settings.publication)}}
        write_yaml(folder / "dbt_charts.yml", {"sources": sources})
        (folder / "templates").symlink_to(FOLDER / "templates")
        for language in LANGUAGES:
            write_yaml(folder / "charts" / f"{language}.yml", board(settings, language))
        yield folder


def board(settings: Settings, language: str) -> dict:
    """The board with all its sections, in a language.

    Raises KeyError when a file uses a word that nobody wrote down.
    """
    words = {"language": language, **texts(language), **names(settings, language)}
    whole = read_board("board", words)
    for name in SECTIONS:
        section = read_board(name, words)
        for key in ("variables", "queries", "charts"):
            whole[key] |= section.pop(key, {})
        whole["style"]["charts"]["category_colors"] |= section.pop("category_colors", {})
        whole["rows"].append(section)
    return whole


def texts(language: str) -> dict[str, str]:
    """The words of the board itself."""
    with (FOLDER / "texts.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: row[language] for row in csv.DictReader(file)}


def names(settings: Settings, language: str) -> dict[str, str]:
    """The names of all codes."""
    with open_publication(settings.publication) as connection:
        rows = connection.execute(f"select code_set || '__' || code, name_{language} from marts.dim_codes").fetchall()
    return dict(rows)


def read_board(name: str, words: dict[str, str]) -> dict:
    """A file of the board with its words filled in."""
    return in_words(yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8")), words)


def in_words(part: object, words: dict[str, str]) -> object:
    """A part of a board with its words filled in."""
    if isinstance(part, dict):
        return {in_words(key, words): in_words(value, words) for key, value in part.items()}
    if isinstance(part, list):
        return [in_words(value, words) for value in part]
    return Template(part).substitute(words) if isinstance(part, str) else part


def write_yaml(path: Path, content: dict) -> None:
    """Write a file that dbt charts reads."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


def arguments(command: str, folder: Path) -> list[str]:
    """How a command of dbt charts finds the boards; without its cache, which outlives a publication."""
    return [command, "--project-dir", str(folder), "--no-cache"]
