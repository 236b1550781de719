"""Seals: what no later batch can post to is written down month by month, and no build may change it again.

The seals are a chain in one Parquet file beside the database. Each holds the entries of a month, in rows of a bounded
number of them, and a digest over them and over the seal before, so that a changed byte anywhere in it is found; the
digest of the last one stands in the publication, so that seals cut off at the end are found too. Seals are only ever
added: a month that is sealed again, by a decision that carries its reason, keeps its earlier seal on record.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Protocol

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from bankmart.errors import BankmartError
from bankmart.reading import open_publication
from bankmart.settings import Settings

LEDGER = "marts.fct_point_ledger"
ENTRY_COLUMNS = (
    *("entry_id", "referral_id", "department_id", "role", "entry_type", "reason_code", "product_code", "posted_month"),
    *("sold_date", "recorded_date", "points", "quantity", "rule_effective_from"),
)
# every value as text: what is sealed must not depend on how a later engine writes numbers
ENTRY = "{" + ", ".join(f"'{column}': cast({column} as varchar)" for column in ENTRY_COLUMNS) + "}"
# a list is in memory as a whole, and a bank's first seal may hold years
ENTRIES_PER_PART = 10_000
PARTS_AT_ONCE = 4
# files from before there were parts hold every month in one row, and have no such column
SEALED = """(
    select * replace (coalesce(part, 0) as part)
    from (select cast(null as bigint) as part where false union all by name from read_parquet($1))
)"""
SHOWN_ENTRIES = 5


@dataclass(frozen=True)
class Seal:
    """A sealed month: what it held, as of which day and under which rules it was sealed, and the seal before it."""

    seal_number: int
    posted_month: date
    entry_count: int
    points: Decimal
    entries_digest: str
    as_of_date: date
    rules_digest: str
    sealed_at: datetime
    reason: str
    previous_digest: str
    digest: str = ""

    def computed_digest(self) -> str:
        """The digest that the seal must have."""
        content = {name: str(value) for name, value in asdict(self).items() if name != "digest"}
        return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class Build(Protocol):
    """What sealing needs to know of a build."""

    as_of_date: str
    batch_dates: list[str]
    rules_digest: str
    reseal_reason: str | None


def seals_path(settings: Settings) -> Path:
    """The file of the seals."""
    return settings.home / "ledger_seals.parquet"


def published_digest(settings: Settings) -> str | None:
    """The digest of the last seal when the ledger was published; None where no sealed month was."""
    if not settings.publication.exists():
        return None
    with open_publication(settings.publication) as connection:
        newest = connection.execute("from quality.publications order by version desc limit 1").to_arrow_table()
    # a publication from before there were seals lacks the column
    return newest.to_pylist()[0].get("seal_digest")


def read_seals(connection: duckdb.DuckDBPyConnection, settings: Settings) -> list[Seal]:
    """The seals, oldest first, once the chain is whole up to the one that the publication names.

    Raises BankmartError naming the first seal that is not what was written.
    """
    path, published = seals_path(settings), published_digest(settings)
    remedy = "restore it from a backup, or move it away and run again with --reseal REASON"
    if not path.exists():
        if published:
            raise BankmartError(f"{path} is missing, though months of the ledger were published as sealed; {remedy}")
        return []
    columns = ", ".join(field.name for field in fields(Seal))
    try:
        rows = connection.execute(
            f"select {columns}, list(part order by part) from {SEALED} group by all order by seal_number",
            [str(path)],
        ).fetchall()
        digests = [sealed_digest(connection, path, row[0]) for row in rows]
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        raise BankmartError(f"{path} cannot be read ({str(error).splitlines()[0]}); {remedy}") from None
    seals = [Seal(*row[:-1]) for row in rows]
    for number, (seal, row, digest) in enumerate(zip(seals, rows, digests, strict=True), start=1):
        is_whole = (
            seal.seal_number == number
            and row[-1] == list(range(len(row[-1])))
            and seal.entries_digest == digest
            and seal.digest == seal.computed_digest()
            # a chain begins with nothing before it, or anew for a reason
            and (
                seal.previous_digest == seals[number - 2].digest
                if number > 1
                else seal.reason or not seal.previous_digest
            )
        )
        if not is_whole:
            where = f"seal {number}" + (f" ({seal.posted_month:%Y-%m})" if seal.posted_month else "")
            raise BankmartError(f"{path}: {where} is not what was written; {remedy}")
    if published and published not in {digest for seal in seals for digest in (seal.digest, seal.previous_digest)}:
        raise BankmartError(f"{path}: the seal that was published last is missing; {remedy}")
    return seals


def sealed_digest(connection: duckdb.DuckDBPyConnection, path: Path, seal_number: int) -> str:
    """The digest of the entries that a seal holds."""
    lines = "[cast(to_json(entry) as varchar) for entry in entries]"
    connection.execute(
        f"select array_to_string({lines}, chr(10)) from {SEALED} where seal_number = $2 order by part",
        [str(path), seal_number],
    )
    return lines_digest(connection)


def built_digest(connection: duckdb.DuckDBPyConnection, month: date) -> str:
    """The digest of the entries that the build posts in a month."""
    connection.execute(
        f"select cast(to_json({ENTRY}) as varchar) from {LEDGER} where posted_month = $1 order by entry_id", [month]
    )
    return lines_digest(connection)


def lines_digest(connection: duckdb.DuckDBPyConnection) -> str:
    """SHA-256 over the lines of a result, however many come at a time."""
    digest, separator = hashlib.sha256(), b""
    while rows := connection.fetchmany(1000):
        for (lines,) in rows:
            digest.update(separator + (lines or "").encode())
            separator = b"\n"
    return digest.hexdigest()


def known_seals(
    connection: duckdb.DuckDBPyConnection, settings: Settings, as_of: date, reseal_reason: str | None
) -> list[Seal]:
    """The seals that a build as of a day is checked against; with a reason a lost file counts as empty.

    Raises BankmartError as `read_seals` does, and when months would be sealed again as of an earlier day.
    """
    if reseal_reason and not seals_path(settings).exists():
        return []
    seals = read_seals(connection, settings)
    newest = max((seal.as_of_date for seal in seals), default=as_of)
    if reseal_reason and as_of < newest:
        problem = f"--reseal as of {as_of}: months were sealed as of {newest}"
        raise BankmartError(f"{problem}; give that day or a later one")
    return seals


def check_seals(
    connection: duckdb.DuckDBPyConnection, settings: Settings, as_of: date, reseal_reason: str | None = None
) -> list[Seal]:
    """The seals, once the build agrees with them: of every sealed month, with what was recorded up to the as-of date.

    Raises BankmartError as `known_seals` does, and naming the entries that differ, unless there is a reason to seal
    their months again.
    """
    seals = known_seals(connection, settings, as_of, reseal_reason)
    check_entries(connection, settings, seals, as_of, reseal_reason)
    return seals


def check_entries(
    connection: duckdb.DuckDBPyConnection, settings: Settings, seals: list[Seal], as_of: date, reseal_reason: str | None
) -> None:
    """See that a build agrees with seals that are whole; with a reason it need not.

    Raises BankmartError naming the entries that differ.
    """
    if reseal_reason:
        return
    differences = differing_entries(connection, settings, seals, as_of)
    if differences:
        shown = "; ".join(f"{named(entry)} {what}" for what, entry in differences[:SHOWN_ENTRIES])
        more = f"; and {len(differences) - SHOWN_ENTRIES} more" if len(differences) > SHOWN_ENTRIES else ""
        raise BankmartError(
            f"this build changes sealed months of the point ledger: {shown}{more}; put deliveries and rules back, "
            "or run again with --reseal REASON if the change was decided"
        )


def last_digest(seals: list[Seal]) -> str | None:
    """The digest that stands for a whole chain; None for one without seals."""
    return seals[-1].digest if seals else None


def differing_entries(
    connection: duckdb.DuckDBPyConnection, settings: Settings, seals: list[Seal], as_of: date
) -> list[tuple[str, dict[str, str]]]:
    """Entries of sealed months that the build lacks or has besides, with what is wrong about each."""
    if not seals:
        return []
    query = f"""
        with newest as (
            select max(seal_number) as seal_number from read_parquet($3) group by posted_month
        ),
        expected as (
            select unnest(entries) as entry from read_parquet($3) where seal_number in (from newest)
        ),
        sealed as (select entry from expected where cast(entry.recorded_date as date) <= $1),
        built as (select {ENTRY} as entry from {LEDGER} where posted_month <= $2),
        compared as (
            select entry, sum(mark) as surplus
            from (select entry, 1 as mark from sealed union all select entry, -1 as mark from built)
            group by entry
            having surplus <> 0
        )
        select
            if(surplus > 0, 'is sealed and not in the build', 'is in the build and not sealed') as what,
            entry
        from compared, range(cast(abs(surplus) as bigint))
        order by entry.posted_month, entry.referral_id, entry.department_id, what desc, entry
    """
    last_month = max(seal.posted_month for seal in seals)
    return connection.execute(query, [as_of, last_month, str(seals_path(settings))]).fetchall()


def named(entry: dict[str, str]) -> str:
    """An entry as an error line names it."""
    return (
        f"{entry['posted_month'][:7]} {entry['referral_id']} {entry['department_id']} {entry['entry_type']} "
        f"{entry['points']} ({entry['reason_code']}, recorded {entry['recorded_date']})"
    )


def add_seals(connection: duckdb.DuckDBPyConnection, settings: Settings, build: Build) -> str | None:
    """Seal the months that closed since the last seal, and those to be sealed again; returns the last seal's digest.

    Raises BankmartError as `check_seals` does.
    """
    as_of = date.fromisoformat(build.as_of_date)
    seals = check_seals(connection, settings, as_of, build.reseal_reason)
    # without a reason there are none
    differences = differing_entries(connection, settings, seals, as_of) if build.reseal_reason else []
    again = sorted({date.fromisoformat(entry["posted_month"]) for _, entry in differences})
    newest_batch = date.fromisoformat(build.batch_dates[-1])
    added: list[Seal] = []
    for month in again + closed_months(connection, seals, min(as_of, newest_batch)):
        previous = last_digest(seals + added) or published_digest(settings) or ""
        count, points = connection.execute(
            f"select count(*), cast(coalesce(sum(points), 0) as decimal(18, 2)) from {LEDGER} where posted_month = $1",
            [month],
        ).fetchone()
        seal = Seal(
            seal_number=len(seals) + len(added) + 1,
            posted_month=month,
            entry_count=count,
            points=points,
            entries_digest=built_digest(connection, month),
            as_of_date=min(as_of, newest_batch),
            rules_digest=build.rules_digest,
            sealed_at=datetime.now(UTC).replace(microsecond=0, tzinfo=None),
            reason=build.reseal_reason or "" if month in again or not seals else "",
            previous_digest=previous,
        )
        added.append(replace(seal, digest=seal.computed_digest()))
    if added:
        write_seals(connection, settings, added)
    return last_digest(seals + added)


def closed_months(connection: duckdb.DuckDBPyConnection, seals: Iterable[Seal], day: date) -> list[date]:
    """The months not yet sealed that no batch of that day or a later one can post to, oldest first.

    A bank that has posted nothing yet begins with the newest closed month, sealed as empty.
    """
    return [
        month
        for (month,) in connection.execute(
            f"""
            with open_month as (
                select cast(date_trunc('month', $1::date - cast(value as integer)) as date) as first_open_month
                from intermediate.int_parameter_spans
                where parameter_code = 'posting_lag_days' and region_code = '*'
                    and in_force_from <= $1 and in_force_to > $1
            ),
            first_month as (
                select coalesce(
                    $2::date + interval 1 month,
                    (select min(posted_month) from {LEDGER} where posted_month < first_open_month),
                    first_open_month - interval 1 month
                ) as first_month, first_open_month
                from open_month
            )
            select cast(unnest(range(first_month, first_open_month, interval 1 month)) as date)
            from first_month
            """,
            [day, max((seal.posted_month for seal in seals), default=None)],
        ).fetchall()
    ]


def write_seals(connection: duckdb.DuckDBPyConnection, settings: Settings, added: list[Seal]) -> None:
    """Add seals with their entries to the file, in one step."""
    path = seals_path(settings)
    partial = path.with_suffix(".partial")
    connection.register("added_seals", pa.Table.from_pylist([asdict(seal) for seal in added]))
    parts = connection.execute(
        f"""
        with parts as (
            select
                posted_month,
                (row_number() over (partition by posted_month order by entry_id) - 1) // {ENTRIES_PER_PART} as part,
                {ENTRY} as entry
            from {LEDGER}
            where posted_month in (select posted_month from added_seals)
        ),
        listed as (select posted_month, part, list(entry order by entry.entry_id) as entries from parts group by all)
        select
            added_seals.* replace (cast(points as decimal(18, 2)) as points),
            coalesce(part, 0) as part,
            coalesce(entries, []) as entries
        from added_seals
        left join listed using (posted_month)
        order by seal_number, part
        """
    ).to_arrow_reader(PARTS_AT_ONCE)
    with pq.ParquetWriter(partial, parts.schema, compression="zstd") as writer:
        if path.exists():
            with pq.ParquetFile(path) as before:
                for batch in before.iter_batches(PARTS_AT_ONCE):
                    if "part" not in batch.schema.names:
                        batch = batch.append_column("part", pa.array([0] * len(batch), pa.int64()))
                    writer.write_batch(batch.select(parts.schema.names))
        for batch in parts:
            writer.write_batch(batch)
    connection.unregister("added_seals")
    with partial.open("rb") as handle:
        os.fsync(handle.fileno())
    partial.replace(path)
