"""Closed months of the point ledger: sealed once, checked by every build, and changed only by a decision on record."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bankmart.errors import BankmartError
from bankmart.publication import publish
from bankmart.seals import ENTRY_COLUMNS, Seal, check_seals, closed_months, known_seals, read_seals, seals_path
from bankmart.settings import Settings
from bankmart.warehouse import Build
from conftest import DEMO, Warehouse, copied

BATCHES = ("2026-08-31", "2026-09-30", "2026-10-31")
LEDGER = "from marts.fct_point_ledger order by entry_id"


def settings_of(warehouse: Warehouse) -> Settings:
    return Settings.resolve(None, warehouse.home)


def seals_of(warehouse: Warehouse) -> list[Seal]:
    with duckdb.connect() as connection:
        return read_seals(connection, settings_of(warehouse))


class Nightly(NamedTuple):
    """A warehouse that was built batch by batch, and what it held after each."""

    warehouse: Warehouse
    ledgers: list[list[tuple]]
    seals: list[list[Seal]]
    marts: list[dict[str, list[tuple]]]


@pytest.fixture(scope="module")
def nightly(new_warehouse, tmp_path_factory) -> Nightly:
    """The demo bank, built as its batches arrive."""
    inbox, warehouse = tmp_path_factory.mktemp("inbox"), new_warehouse()
    ledgers, seals, marts = [], [], []
    for batch in BATCHES:
        shutil.copytree(DEMO / f"batch_date={batch}", inbox / f"batch_date={batch}")
        warehouse.run(inbox)
        ledgers.append(warehouse.published_rows(LEDGER))
        seals.append(seals_of(warehouse))
        marts.append(warehouse.mart_rows())
    return Nightly(warehouse, ledgers, seals, marts)


@pytest.fixture
def sealed(nightly: Nightly, tmp_path: Path) -> Warehouse:
    """A copy of that warehouse to tamper with."""
    return copied(nightly.warehouse, tmp_path / "home")


@pytest.fixture
def database(sealed: Warehouse) -> Iterator[duckdb.DuckDBPyConnection]:
    """Its build database."""
    with duckdb.connect(str(sealed.home / "bankmart.duckdb")) as connection:
        yield connection


def test_batch_by_batch_and_in_one_go_give_the_same_ledger(nightly: Nightly, demo_bank: Warehouse) -> None:
    assert nightly.ledgers[-1] == demo_bank.published_rows(LEDGER)


def test_every_ledger_begins_with_the_one_before(nightly: Nightly) -> None:
    """The bug it looks for: a later batch that rewrites an entry instead of adding one."""
    recorded = 9
    for batch, ledger in zip(BATCHES, nightly.ledgers, strict=True):
        assert ledger
        assert ledger == [entry for entry in nightly.ledgers[-1] if entry[recorded] <= date.fromisoformat(batch)]


def test_a_month_is_sealed_once_no_batch_can_post_to_it(nightly: Nightly) -> None:
    """Five days' lag: a batch of the last of a month still posts to it, so that its month stays open."""
    months = [[(seal.posted_month.isoformat()[:7], seal.entry_count > 0) for seal in seals] for seals in nightly.seals]
    july, august, september = ("2026-07", False), ("2026-08", True), ("2026-09", True)
    assert months == [[july], [july, august], [july, august, september]]
    assert nightly.seals[2][:2] == nightly.seals[1]


def test_a_replay_shows_what_the_bank_knew_that_day_and_keeps_the_seals(sealed: Warehouse, nightly: Nightly) -> None:
    """A replay equals a warehouse that never saw the later batches, and checks the months that it contains."""
    before = seals_path(settings_of(sealed)).read_bytes()
    sealed.run(DEMO, "--as-of", "2026-09-30")
    assert sealed.mart_rows() == nightly.marts[1] != nightly.marts[2]
    assert seals_path(settings_of(sealed)).read_bytes() == before
    with duckdb.connect(str(sealed.home / "bankmart.duckdb")) as connection:
        connection.execute("update marts.fct_point_ledger set points = points + 1 where referral_id = 'R00001'")
    with pytest.raises(BankmartError, match=r"2026-08 R00001 D_CORP award 64\.00"):
        publish(settings_of(sealed))


@pytest.mark.parametrize("column", ENTRY_COLUMNS)
def test_any_changed_field_of_a_sealed_month_is_found(
    sealed: Warehouse, database: duckdb.DuckDBPyConnection, column: str
) -> None:
    value = {"date": f"{column} + 1", "decimal(18,2)": f"{column} + 0.01", "varchar": f"{column} || 'x'"}
    (kind,) = database.execute(
        "select lower(data_type) from duckdb_columns() where table_name = 'fct_point_ledger' and column_name = ?",
        [column],
    ).fetchone()
    database.execute(
        f"update marts.fct_point_ledger set {column} = {value[kind]} "
        "where referral_id = 'R00001' and department_id = 'D_CORP'"
    )
    with pytest.raises(BankmartError, match=r"2026-08 R00001 D_CORP award 64\.00") as error:
        check_seals(database, settings_of(sealed), date(2026, 10, 31))
    assert len(error.value.problems) == 1


@pytest.mark.parametrize(
    "change",
    [
        "delete from marts.fct_point_ledger where referral_id = 'R00001' and role = 'lead'",
        "insert into marts.fct_point_ledger select * replace ('new' as entry_id) "
        "from marts.fct_point_ledger where referral_id = 'R00001' and role = 'lead'",
        "insert into marts.fct_point_ledger from marts.fct_point_ledger where referral_id = 'R00001' and role = 'lead'",
        # a month before the first sealed one held nothing
        "insert into marts.fct_point_ledger select * replace (date '2026-05-01' as posted_month) "
        "from marts.fct_point_ledger where referral_id = 'R00001' and role = 'lead'",
    ],
)
def test_an_entry_too_few_or_too_many_is_found(
    sealed: Warehouse, database: duckdb.DuckDBPyConnection, change: str
) -> None:
    database.execute(change)
    with pytest.raises(BankmartError, match=r"R00001 D_WM award 16\.00"):
        check_seals(database, settings_of(sealed), date(2026, 10, 31))


def test_an_open_month_may_change(sealed: Warehouse, database: duckdb.DuckDBPyConnection) -> None:
    database.execute("update marts.fct_point_ledger set points = points + 1 where posted_month = '2026-10-01'")
    assert len(check_seals(database, settings_of(sealed), date(2026, 10, 31))) == 3


def changed(value: object) -> object:
    """Another value of the same type."""
    if isinstance(value, str):
        return value + "x"
    if isinstance(value, list):
        return value[1:]
    return value + (timedelta(days=1) if isinstance(value, date) else 1)


def tampered_seals(table: pa.Table) -> Iterator[tuple[str, list[dict]]]:
    """The seals with one value changed: every field of every seal, and of its first entry."""
    for number, seal in enumerate(table.to_pylist()):
        for name in (name for name in table.column_names if seal[name] != []):
            rows = table.to_pylist()
            rows[number][name] = changed(rows[number][name])
            yield f"{number} {name}", rows
        for name in ENTRY_COLUMNS if seal["entries"] else ():
            rows = table.to_pylist()
            rows[number]["entries"][0][name] += "x"
            yield f"{number} entries.{name}", rows


def test_any_changed_field_of_the_seals_is_found(sealed: Warehouse) -> None:
    path = seals_path(settings_of(sealed))
    table = pq.read_table(path)
    found = []
    for what, rows in tampered_seals(table):
        pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), path)
        with pytest.raises(BankmartError, match="is not what was written"):
            seals_of(sealed)
            pytest.fail(f"not found: {what}")
        found.append(what)
    assert len(found) == 3 * len(table.column_names) - 1 + 2 * len(ENTRY_COLUMNS)


@pytest.mark.parametrize("kept", [[], [0], [0, 1], [1, 2], [0, 2], [0, 2, 1], [0, 1, 1, 2]])
def test_seals_cut_off_left_out_or_moved_are_found(sealed: Warehouse, kept: list[int]) -> None:
    path = seals_path(settings_of(sealed))
    table = pq.read_table(path)
    moved = table.take(pa.array(kept, pa.int64()))
    if kept == [0, 2, 1]:
        numbers = pa.array([1, 2, 3], table.schema.field("seal_number").type)
        moved = moved.set_column(0, "seal_number", numbers)
    pq.write_table(moved, path)
    with pytest.raises(BankmartError, match=r"is not what was written|published last is missing"):
        seals_of(sealed)


def test_a_seal_file_that_is_gone_or_damaged_stops_the_publication(sealed: Warehouse) -> None:
    path = seals_path(settings_of(sealed))
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(BankmartError, match="cannot be read"):
        publish(settings_of(sealed))
    path.unlink()
    with pytest.raises(BankmartError, match="is missing, though months of the ledger were published as sealed"):
        publish(settings_of(sealed))


def test_a_build_that_changes_a_sealed_month_stops_until_it_is_decided(sealed: Warehouse, tmp_path: Path) -> None:
    """A delivery of August is superseded: R00001 was of 2,000,000 yuan, not of one."""
    shutil.copytree(DEMO, tmp_path / "inbox")
    file = tmp_path / "inbox" / "batch_date=2026-08-31" / "referrals.csv"
    file.write_text(file.read_text().replace("2026-03-18,1,1000000.00", "2026-03-18,1,2000000.00"))
    supersede = sealed.command("land", "--inbox", tmp_path / "inbox", "--supersede", "2026-08-31/referrals")
    assert supersede.returncode == 0, supersede.stderr
    before = sealed.publication_bytes()

    stopped = sealed.command("run", "--inbox", tmp_path / "inbox", BANKMART_PII_KEY="of a test")
    assert stopped.returncode == 1
    (line,) = stopped.stderr.strip().splitlines()
    assert "2026-08 R00001 D_CORP award 64.00 (confirmed, recorded 2026-08-31) is sealed and not in the build" in line
    assert "2026-08 R00001 D_CORP award 128.00 (confirmed, recorded 2026-08-31) is in the build and not sealed" in line
    assert sealed.publication_bytes() == before
    assert sealed.command("publish").returncode == 1

    early = sealed.command("build", "--as-of", "2026-09-30", "--reseal", "too early")
    assert early.returncode == 1 and "months were sealed as of 2026-10-31" in early.stderr

    decided = sealed.command("run", "--inbox", tmp_path / "inbox", "--reseal", "audit committee 2026-11-03")
    assert decided.returncode == 0, decided.stderr
    seals = seals_of(sealed)
    assert [(seal.seal_number, f"{seal.posted_month:%Y-%m}", seal.reason) for seal in seals] == [
        *((1, "2026-07", ""), (2, "2026-08", ""), (3, "2026-09", ""), (4, "2026-08", "audit committee 2026-11-03"))
    ]
    assert seals[3].points - seals[1].points == Decimal("80.00")
    shown = sealed.command("seal")
    assert shown.returncode == 0 and "audit committee 2026-11-03" in " ".join(shown.stdout.split())

    # the reason held for that build alone
    with duckdb.connect(str(sealed.home / "bankmart.duckdb")) as connection:
        connection.execute("update marts.fct_point_ledger set points = 1 where posted_month = '2026-08-01'")
    assert Build.of(settings_of(sealed)).reseal_reason is None
    assert "changes sealed months" in sealed.command("seal").stderr
    assert "changes sealed months" in sealed.command("publish").stderr


def test_a_lost_seal_file_begins_anew_only_with_a_reason(sealed: Warehouse) -> None:
    place, lost = settings_of(sealed), seals_of(sealed)[-1].digest
    built = Build.of(place)
    seals_path(place).unlink()
    stopped = sealed.command("build")
    assert stopped.returncode == 1 and "is missing, though months" in stopped.stderr
    # the receipt of a build with --reseal
    with duckdb.connect(str(sealed.home / "bankmart.duckdb")) as connection:
        assert known_seals(connection, place, date(2026, 10, 31), "disk lost") == []
    replace(built, reseal_reason="disk lost").write_receipt(place)
    publish(place)
    seals = seals_of(sealed)
    assert {seal.reason for seal in seals} == {"disk lost"}
    assert seals[0].previous_digest == lost


def test_seal_needs_a_build(new_warehouse) -> None:
    result = new_warehouse().command("seal")
    assert result.returncode == 1 and "run bankmart build first" in result.stderr


@pytest.mark.parametrize(
    ("day", "last"),
    [("2026-11-05", "2026-09"), ("2026-11-06", "2026-10"), ("2026-10-31", "2026-09"), ("2027-01-05", "2026-11")],
)
def test_a_month_closes_five_days_after_its_end(
    sealed: Warehouse, database: duckdb.DuckDBPyConnection, day: str, last: str
) -> None:
    """The bug it looks for: a month sealed while a batch of the same day can still post to it."""
    assert f"{closed_months(database, [], date.fromisoformat(day))[-1]:%Y-%m}" == last


def test_a_month_of_many_entries_is_sealed_in_parts(sealed: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bug it looks for: entries lost, doubled or moved where one part ends and the next begins."""
    place, before = settings_of(sealed), seals_of(sealed)
    rewrite(place, lambda _: [])
    monkeypatch.setattr("bankmart.seals.ENTRIES_PER_PART", 2)
    replace(Build.of(place), reseal_reason="disk lost").write_receipt(place)
    publish(place)
    parted = {seal.posted_month: seal.entries_digest for seal in seals_of(sealed)}
    assert parted == {seal.posted_month: seal.entries_digest for seal in before if seal.entry_count}
    rows = pq.read_table(seals_path(place)).to_pylist()
    assert len(rows) > 2 * len(before)
    last = [row["seal_number"] == rows[-1]["seal_number"] for row in rows]
    for change in (
        lambda rows: rows[:-1],
        lambda rows: [*rows, rows[-1]],
        lambda rows: [row for row, is_last in zip(rows, last, strict=True) if not (is_last and row["part"] == 0)],
        lambda rows: [row | {"points": row["points"] + row["part"]} for row in rows],
        lambda rows: [row | {"part": -row["part"]} for row in rows],
    ):
        rewrite(place, lambda _, change=change: change(rows))
        with pytest.raises(BankmartError, match="is not what was written"):
            seals_of(sealed)
    rewrite(place, lambda _: rows[::-1])
    assert {seal.posted_month: seal.entries_digest for seal in seals_of(sealed)} == parted


def test_seals_from_before_there_were_parts_are_read_and_added_to(sealed: Warehouse) -> None:
    """The bug it looks for: a chain of another version that no build accepts any more."""
    place, before = settings_of(sealed), seals_of(sealed)
    path = seals_path(place)
    pq.write_table(pq.read_table(path).drop_columns(["part"]), path)
    assert seals_of(sealed) == before
    # a decided change of a sealed month
    with duckdb.connect(str(sealed.home / "bankmart.duckdb")) as connection:
        connection.execute("update marts.fct_point_ledger set points = points + 1 where referral_id = 'R00001'")
    replace(Build.of(place), reseal_reason="of a test").write_receipt(place)
    publish(place)
    after = seals_of(sealed)
    assert after[: len(before)] == before
    assert [seal.reason for seal in after[len(before) :]] == ["of a test"]


def rewrite(place: Settings, change: Callable[[list[dict]], list[dict]]) -> None:
    """Change the rows of the file of the seals; without any left, the file."""
    path = seals_path(place)
    table = pq.read_table(path)
    rows = change(table.to_pylist())
    path.unlink()
    if rows:
        pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), path)
