"""The divisions against Python's whole numbers: one cent off in a million rows is a wrong bank."""

import random
from types import SimpleNamespace

import duckdb
import jinja2
import pytest

from conftest import PROJECT


def functions() -> str:
    """The statements that make the project's functions."""
    text = (PROJECT / "macros" / "project" / "create_functions.sql").read_text(encoding="utf-8")
    known = {"return": lambda value: value, "adapter": SimpleNamespace(dispatch=lambda _: None)}
    module = jinja2.Environment().from_string(text, globals=known).make_module()
    return module.duckdb__create_functions()


def cases() -> list[tuple[int, int]]:
    """Numerators and denominators of all sizes, many of them on a tie or next to one."""
    chosen = random.Random(7)
    pairs = []
    for _ in range(20_000):
        denominator = chosen.choice(
            [1, 2, 3, 31, 360, 10**8, 10**8 * 31, 360 * 10**16, chosen.randrange(1, 10 ** chosen.randrange(1, 25))]
        )
        quotient = chosen.randrange(10 ** chosen.randrange(1, 19))
        rest = chosen.choice(
            [0, 1, denominator // 2, (denominator + 1) // 2, denominator - 1, chosen.randrange(denominator)]
        )
        numerator = chosen.choice([-1, 1]) * (quotient * denominator + rest)
        if abs(numerator) < 2**125:
            pairs.append((numerator, denominator))
    return pairs


def quotients(name: str, pairs: list[tuple[int, int]]) -> list[int]:
    connection = duckdb.connect()
    connection.execute(functions())
    rows = ", ".join(
        f"({number}, {numerator}::hugeint, {denominator}::hugeint)"
        for number, (numerator, denominator) in enumerate(pairs)
    )
    columns = "pairs (number, numerator, denominator)"
    query = f"select {name}(numerator, denominator) from (values {rows}) as {columns} order by number"
    return [row[0] for row in connection.execute(query).fetchall()]


def test_round_divide_rounds_half_away_from_zero() -> None:
    pairs = cases()
    expected = [(1 if n >= 0 else -1) * ((2 * abs(n) + d) // (2 * d)) for n, d in pairs]
    assert quotients("round_divide", pairs) == expected


def test_divide_down_rounds_down() -> None:
    pairs = [(abs(numerator), denominator) for numerator, denominator in cases()]
    assert quotients("divide_down", pairs) == [n // d for n, d in pairs]


@pytest.mark.parametrize("name", ["round_divide", "divide_down"])
def test_nothing_is_divided_by_zero(name: str) -> None:
    assert quotients(name, [(5, 0), (0, 0)]) == [None, None]
