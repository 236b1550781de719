"""What a publication takes over from the one before and what it writes anew; readers must see no difference."""

from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from bankmart.publication import Publication, changed_months, content_digests, published_digests, write_file

BUILT = [
    "create schema marts",
    "create schema quality",
    "create table marts.months as "
    "select date '2026-01-01' + to_months(m::int) as period_month, c as customer_id, m * c as points "
    "from range(6) as months (m), range(1000) as customers (c)",
    "alter table marts.months alter period_month type date",
    "create table marts.customers as "
    "select c as customer_id, 'Customer ' || c as customer_name from range(1000) as customers (c)",
    "create table quality.batches as select date '2026-06-01' as batch_date",
    "create table quality.findings (record_key varchar)",
]
COMMENTS = {
    "marts.months": {"": "points of a month", "points": "points"},
    "marts.customers": {"": "one row per customer"},
    "quality.batches": {"batch_date": "the day"},
    "quality.findings": {"": "nothing is found"},
}
JUNE = {date(2026, 6, 1)}
KEPT = {"quality.batches": set(), "quality.findings": set()}
# changes of a build, and the months of marts.months that are written anew; None: the whole file is
CHANGES = {
    "nothing": ([], set()),
    "a month": (["update marts.months set points = 7 where period_month = '2026-06-01'"], JUNE),
    "one more month": (["insert into marts.months values ('2026-07-01', 1, 1)"], {date(2026, 7, 1)}),
    "a month less": (["delete from marts.months where period_month = '2026-06-01'"], JUNE),
    "a table without months": (["update marts.customers set customer_id = -1 where customer_id = 1"], set()),
    "a table that is new": (["create table marts.more as select 1 as points"], set()),
    "a table that is gone": (["drop table marts.customers"], None),
    "a name more": (["insert into marts.customers values (1000, 'Customer 1000')"], set()),
    "a name that was wrong": (["update marts.customers set customer_name = '*' where customer_id = 7"], None),
    "a row without a month": (["insert into marts.months values (null, 1, 1)"], None),
    "a row where none was": (["insert into quality.findings values ('K1')"], set()),
    "most months": (["update marts.months set points = 7 where period_month > '2026-01-01'"], None),
    "one more column": (["alter table marts.months add column more integer"], None),
    "another type": (["alter table marts.months alter points type decimal(18, 2)"], None),
}


def published(path: Path) -> dict[str, tuple]:
    """Rows, columns and comments of every table of a file, without the history of publications."""
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = connection.execute(
            "select schema_name || '.' || table_name, comment from duckdb_tables() where table_name <> 'publications'"
        ).fetchall()
        return {
            table: (
                comment,
                connection.execute(
                    f"select column_name, data_type, comment from duckdb_columns() "
                    f"where schema_name || '.' || table_name = '{table}' order by column_index"
                ).fetchall(),
                connection.execute(f"from {table} order by all").fetchall(),
            )
            for table, comment in tables
        }


def write(connection: duckdb.DuckDBPyConnection, path: Path, previous: Path) -> dict[str, set[date]]:
    """Publish what is built into a file; returns the months that were written anew."""
    existing = connection.execute(
        "select schema_name || '.' || table_name from duckdb_tables() where database_name = 'memory' order by all"
    ).fetchall()
    comments = {relation: COMMENTS.get(relation, {"": relation}) for (relation,) in existing}
    digests = content_digests(connection, comments)
    row = Publication(path.stem, date(2026, 6, 30), "", "", "", datetime(2026, 7, 1))
    changed = changed_months(connection, digests, previous, published_digests(previous))
    write_file(connection, path, comments, row, previous, digests, changed)
    return changed


@pytest.mark.parametrize("change", CHANGES)
def test_a_publication_after_another_equals_one_from_nothing(change: str, tmp_path: Path) -> None:
    statements, months = CHANGES[change]
    with duckdb.connect() as connection:
        for statement in BUILT:
            connection.execute(statement)
        assert write(connection, tmp_path / "1.duckdb", tmp_path / "none") == {}
        for statement in statements:
            connection.execute(statement)
        changed = write(connection, tmp_path / "2.duckdb", tmp_path / "1.duckdb")
        assert changed.get("marts.months") == months
        write(connection, tmp_path / "fresh.duckdb", tmp_path / "none")
    assert published(tmp_path / "2.duckdb") == published(tmp_path / "fresh.duckdb")
    with duckdb.connect(str(tmp_path / "2.duckdb"), read_only=True) as connection:
        assert connection.execute("select version from quality.publications order by all").fetchall() == [
            ("1",),
            ("2",),
        ]


def test_comments_follow_the_project_in_tables_that_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with duckdb.connect() as connection:
        for statement in BUILT:
            connection.execute(statement)
        write(connection, tmp_path / "1.duckdb", tmp_path / "none")
        monkeypatch.setitem(COMMENTS, "marts.months", {"": "another text"})
        assert write(connection, tmp_path / "2.duckdb", tmp_path / "1.duckdb")["marts.months"] == set()
        write(connection, tmp_path / "fresh.duckdb", tmp_path / "none")
    assert published(tmp_path / "2.duckdb") == published(tmp_path / "fresh.duckdb")


def test_a_publication_follows_one_from_before_there_were_seals_and_digests(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        for statement in BUILT:
            connection.execute(statement)
        write(connection, tmp_path / "1.duckdb", tmp_path / "none")
        with duckdb.connect(str(tmp_path / "1.duckdb")) as old:
            old.execute("alter table quality.publications drop column seal_digest")
            old.execute("drop table quality.publication_contents")
        assert write(connection, tmp_path / "2.duckdb", tmp_path / "1.duckdb") == {}
    with duckdb.connect(str(tmp_path / "2.duckdb"), read_only=True) as connection:
        assert len(connection.execute("select seal_digest from quality.publications").fetchall()) == 2


def test_a_publication_does_not_grow_night_by_night(tmp_path: Path) -> None:
    previous = tmp_path / "none"
    sizes = []
    with duckdb.connect() as connection:
        for statement in BUILT:
            connection.execute(statement)
        connection.execute("insert into marts.months select '2026-01-01', range, range from range(200000)")
        connection.execute("insert into marts.months select '2026-06-01', range, range from range(50000)")
        for night in range(1, 9):
            connection.execute(
                f"update marts.months set points = hash(customer_id + {night}) >> 8 where period_month = '2026-06-01'"
            )
            connection.execute(f"update marts.customers set customer_id = customer_id + {night}")
            path = tmp_path / f"{night}.duckdb"
            assert write(connection, path, previous) == ({} if night == 1 else {"marts.months": JUNE, **KEPT})
            previous = path
            sizes.append(path.stat().st_size)
    assert max(sizes) < 2.5 * sizes[0]
    assert sizes[-1] <= max(sizes[:4])
