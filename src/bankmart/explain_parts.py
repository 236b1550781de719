"""What the pages of `bankmart explain` are made of."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import duckdb
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from bankmart.explain_words import Words, check_language
from bankmart.reading import open_publication
from bankmart.settings import Settings

PAGE_WIDTH = 100
LABEL_WIDTH = 23


@contextmanager
def published(settings: Settings, language: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """What readers see.

    Raises BankmartError when the language cannot be read (wrong usage) or nothing is published.
    """
    check_language(language)
    with open_publication(settings.publication, settings.limits) as connection:
        yield connection


def words_of(connection: duckdb.DuckDBPyConnection, language: str) -> Words:
    """The words of a language, with the names of the publication's codes."""
    names = connection.execute(f"select code_set, code, name_{language} from marts.dim_codes").fetchall()
    return Words(language, {(code_set, code): name for code_set, code, name in names})


def records(connection: duckdb.DuckDBPyConnection, query: str, *parameters: object) -> list[SimpleNamespace]:
    """The rows of a query by column name; of texts only what a terminal can show without obeying it."""
    cursor = connection.execute(query, parameters)
    columns = [column[0] for column in cursor.description]
    rows = ([printable(value) for value in row] for row in cursor.fetchall())
    return [SimpleNamespace(**dict(zip(columns, row, strict=True))) for row in rows]


def printable(value: object) -> object:
    """A value without control characters."""
    return "".join(c if c.isprintable() else " " for c in value) if isinstance(value, str) else value


def heading(text: str) -> Rule:
    """The title of a section."""
    return Rule(Text(text, "bold"), align="left", style="dim")


def facts(words: Words, indent: str = "", **values: str) -> Table:
    """Facts under each other, each with its label."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="cyan", width=LABEL_WIDTH)
    for key, value in values.items():
        table.add_row(indent + words.text(key), Text(value))
    return table


def titled(words: Words, *titles: str) -> Table:
    """A table with its titles; a column whose title begins with > holds numbers."""
    table = Table.grid(padding=(0, 2))
    for title in titles:
        table.add_column(justify="right" if title.startswith(">") else "left")
    table.add_row(*(Text(words.text(title.lstrip(">")), "cyan") for title in titles))
    return table


def product_names(connection: duckdb.DuckDBPyConnection, words: Words) -> dict[str, str]:
    """The names of products by code."""
    rows = connection.execute(f"select product_code, name_{words.language} from marts.dim_products").fetchall()
    return dict(rows)
