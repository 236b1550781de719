"""The dashboard: boards of `dashboard/` in one language, drawn by dbt charts from the published file alone.

A board is written as YAML with `${words}`; `texts.csv` says every word in both languages, so that the two boards cannot
differ in anything else.
"""

import csv
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from string import Template

import yaml

from bankmart.errors import BankmartError, ExitCode
from bankmart.settings import PROJECT, Settings

FOLDER = PROJECT / "dashboard"
SECTIONS = ("customer", "tiering", "profitability", "cross_sell", "quality")
LANGUAGES = ("en", "zh")


def texts(language: str) -> dict[str, str]:
    """Every word of the board in a language."""
    with (FOLDER / "texts.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: row[language] for row in csv.DictReader(file)} | {"language": language}


def board(language: str) -> dict:
    """The board with all its sections.

    Raises KeyError when a file uses a word that `texts.csv` does not have.
    """
    words = texts(language)
    whole = in_words(yaml.safe_load((FOLDER / "board.yml").read_text(encoding="utf-8")), words)
    for name in SECTIONS:
        section = in_words(yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8")), words)
        for key in ("variables", "queries", "charts"):
            whole[key] |= section.pop(key, {})
        colors = section.pop("category_colors", {})
        whole["style"]["charts"].setdefault("category_colors", {}).update(colors)
        whole["rows"].append(section)
    return whole


def in_words(part: object, words: dict[str, str]) -> object:
    """A part of a board with its words filled in."""
    if isinstance(part, dict):
        return {in_words(key, words): in_words(value, words) for key, value in part.items()}
    if isinstance(part, list):
        return [in_words(value, words) for value in part]
    return Template(part).substitute(words) if isinstance(part, str) else part


@contextmanager
def boards(settings: Settings) -> Iterator[Path]:
    """A folder with the boards in both languages, as dbt charts reads them, while it is needed.

    Raises BankmartError when nothing is published or dbt charts is not installed.
    """
    if not settings.publication.exists():
        raise BankmartError(f"{settings.publication}: nothing is published yet; run bankmart run first")
    with tempfile.TemporaryDirectory(prefix="bankmart-dashboard-") as name:
        folder = Path(name)
        sources = {"publication": {"type": "duckdb", "path": str(settings.publication)}}
        (folder / "dbt_charts.yml").write_text(yaml.safe_dump({"sources": sources}), encoding="utf-8")
        (folder / "templates").symlink_to(FOLDER / "templates")
        (folder / "charts").mkdir()
        for language in LANGUAGES:
            text = yaml.safe_dump(board(language), allow_unicode=True, sort_keys=False, width=1000)
            (folder / "charts" / f"{language}.yml").write_text(text, encoding="utf-8")
        yield folder


def dbt_charts(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    """Run `dct` on the boards, without its telemetry and without its cache, which outlives a publication."""
    return subprocess.run(
        [sys.executable, "-m", "dbt_charts.cli.main", arguments[0], "--project-dir", str(folder), "--no-cache", *arguments[1:]],
        env={**os.environ, "DO_NOT_TRACK": "1", "DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "DCT_NO_WORKSPACE_GUARD": "1"},
        cwd=folder,
        check=False,
    )
