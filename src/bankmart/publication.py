"""Publishing: readers get a finished file of their own, swapped in by one rename."""

import os
import shutil
from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import duckdb

from bankmart.errors import BankmartError
from bankmart.reading import open_publication
from bankmart.seals import add_seals
from bankmart.settings import PUBLISHED_SCHEMAS, STORAGE_VERSION, Settings
from bankmart.sql_text import quoted
from bankmart.warehouse import Build, has_kept_fingerprints, open_database

# raw text of the delivery, which may be personal, stays in the build database; a key that went wrong may hold the
# number of a document or a telephone, so long runs of digits are blotted out
BLOTTED_KEY = "replace (regexp_replace(record_key, '[0-9０-９XxＸｘ]{11,}', '***********', 'g') as record_key)"
SELECTIONS = {
    "quality.quarantined_records": f"* exclude (raw_record) {BLOTTED_KEY}",
    "quality.emptied_values": f"* exclude (raw_value) {BLOTTED_KEY}",
}
KEPT_VERSIONS = 3

HISTORY = "quality.publications"
PUBLICATIONS = f"""
    create or replace table publication.{HISTORY} (
        version varchar, as_of_date date, batch_dates varchar, rules_digest varchar, content_digest varchar,
        built_at timestamp, seal_digest varchar
    )
"""
# what the next publication is compared with: to read it there costs a thousandth of the rows themselves
CONTENTS = "quality.publication_contents"
PUBLICATION_CONTENTS = f"""
    create or replace table publication.{CONTENTS} (
        relation_name varchar, period_month date, row_count bigint, content_digest hugeint
    )
"""
OWN_COMMENTS = {
    HISTORY: {
        "": "One row per publication: what it was made of.",
        "version": "Number of the publication, and name of its folder.",
        "as_of_date": "Day whose knowledge it holds.",
        "batch_dates": "Batches that it was built from.",
        "rules_digest": "SHA-256 of the rule seeds.",
        "content_digest": "SHA-256 over what quality.publication_contents says of all relations.",
        "built_at": "When the build ended, UTC.",
        "seal_digest": "Digest of the newest sealed month of the point ledger.",
    },
    CONTENTS: {
        "": "One row per published relation and month: how many rows there are, and what they say.",
        "relation_name": "Schema and name of the relation.",
        "period_month": "First day of the month; empty for relations without months.",
        "row_count": "Number of rows.",
        "content_digest": "Sum of the hashes of the rows, equal for equal rows in any order.",
    },
}
WRITTEN_COMMENTS = """
    select schema_name || '.' || table_name, 'table', comment from duckdb_tables() where database_name = 'publication'
    union all
    select schema_name || '.' || table_name || '.' || column_name, 'column', comment
    from duckdb_columns() where database_name = 'publication'
"""

# what the project's statements call, so that a compiled analysis runs on the publication, too
FUNCTIONS = """
    select function_name, parameters, macro_definition from duckdb_functions()
    where function_type = 'macro' and database_name = current_database() and schema_name = 'main'
    and regexp_matches(function_name, '^(round_divide|divide_down)')
    order by all
"""

# rows and digest of each month of a relation; under None those of a relation that has no months
MonthDigests = dict[date | None, tuple[int, int]]


@dataclass(frozen=True)
class Publication:
    """A row of `quality.publications`."""

    version: str
    as_of_date: date
    batch_dates: str
    rules_digest: str
    content_digest: str
    built_at: datetime
    # of the newest sealed month of the ledger; publications from before there were seals have none
    seal_digest: str | None = None
    is_new: bool = True


def publish(settings: Settings) -> Publication:
    """Publish the build, unless what is published already is equal.

    Raises BankmartError when the database holds no build that passed, one that dbt was run after, or one
    that changes a sealed month of the ledger.
    """
    build = Build.required(settings)
    settings.published.mkdir(parents=True, exist_ok=True)
    clean_up(settings.published)
    previous = current_publication(settings)
    before = published_digests(settings.publication)
    with open_database(settings) as connection:
        if not has_kept_fingerprints(connection):
            raise BankmartError(
                f"{settings.database}: dbt was run by hand since the build that passed its tests, and may have made "
                "other tables: run bankmart build first"
            )
        # sealed before readers see it: a crash in between leaves seals that the next run finds right
        seal_digest = add_seals(connection, settings, build)
        if build.reseal_reason:
            # the reason was for what was built then, not for what the database may hold later
            replace(build, reseal_reason=None).write_receipt(settings)
        # of the months that the build before made, readers have what that one's publication says
        is_next = previous and build.kept_from == previous.built_at.isoformat()
        kept = kept_digests(build, before) if is_next else {}
        digests = content_digests(connection, build.comments, kept, build.rebuilt_from)
        batches = ", ".join(build.batch_dates)
        facts = (date.fromisoformat(build.as_of_date), batches, build.rules_digest, total_digest(digests))
        if previous and (*facts, seal_digest) == (
            previous.as_of_date,
            previous.batch_dates,
            previous.rules_digest,
            previous.content_digest,
            previous.seal_digest,
        ):
            return previous
        version = f"{int(newest_version(settings.published)) + 1:06d}"
        folder = settings.published / f".partial-{version}"
        folder.mkdir()
        row = Publication(version, *facts, datetime.fromisoformat(build.built_at), seal_digest)
        # another version of the project, or other rules, may withhold what an older one showed
        changed = changed_months(connection, digests, settings.publication, before) if build.rebuilt_from else {}
        path = folder / settings.publication.name
        write_file(connection, path, build.comments, row, settings.publication, digests, changed)
    seal_file(path)
    folder.rename(settings.published / version)
    swap_link(settings.published, version)
    remove_old_versions(settings.published)
    return row


def current_publication(settings: Settings) -> Publication | None:
    """What readers see now, None where nothing is published yet."""
    if not settings.publication.exists():
        return None
    with open_publication(settings.publication) as connection:
        row = connection.execute(f"from {HISTORY} order by version desc limit 1").fetchone()
    return Publication(*row, is_new=False)


def published_digests(publication: Path) -> dict[str, MonthDigests]:
    """What a publication says of its contents; nothing where there is none, or one from before it did."""
    digests: dict[str, MonthDigests] = {}
    if not publication.exists():
        return digests
    with open_publication(publication) as connection:
        if CONTENTS in tables_of(connection, publication.stem):
            for relation, month, row_count, digest in connection.execute(f"from {CONTENTS}").fetchall():
                digests.setdefault(relation, {})[month] = (row_count, digest)
    return digests


def kept_digests(build: Build, before: dict[str, MonthDigests]) -> dict[str, MonthDigests]:
    """The digests before of the months that a build kept."""
    first = date.fromisoformat(build.rebuilt_from)
    return {
        relation: {month: digest for month, digest in before[relation].items() if month < first}
        for relation in build.monthly
        if relation in before
    }


def content_digests(
    connection: duckdb.DuckDBPyConnection,
    relations: Iterable[str],
    kept: dict[str, MonthDigests] | None = None,
    rebuilt_from: str | None = None,
) -> dict[str, MonthDigests]:
    """Number and digest of the published rows of relations by month, whatever the order of rows.

    Of the relations of `kept` the months before `rebuilt_from` have the digests given there.
    """
    kept = kept or {}
    digests = {}
    for relation in relations:
        rows = published_rows(relation)
        month = "period_month" if "period_month" in dict(columns_of(connection, rows)) else "null"
        condition = f"where {month} >= date '{rebuilt_from}'" if relation in kept else ""
        found = connection.execute(
            f"select {month}, count(*), coalesce(sum(hash(records)::hugeint), 0) from ({rows}) as records {condition} "
            "group by all"
        ).fetchall()
        digests[relation] = {
            **kept.get(relation, {}),
            **{month: (row_count, digest) for month, row_count, digest in found},
        }
    return digests


def total_digest(digests: dict[str, MonthDigests]) -> str:
    """One digest of all published rows."""
    parts = []
    for relation, months in digests.items():
        row_count, digest = sum_of(months)
        parts.append(f"{relation}:{row_count}:{digest}")
    return sha256("\n".join(parts).encode()).hexdigest()


def sum_of(months: MonthDigests) -> tuple[int, int]:
    """Rows and digest of all months of a relation."""
    return sum(row_count for row_count, _ in months.values()), sum(digest for _, digest in months.values())


def published_rows(relation: str, months: set[date] | None = None) -> str:
    """The statement that selects what is published of a relation, all months or some."""
    condition = f" where {in_months(months)}" if months else ""
    return f"select {SELECTIONS.get(relation, '*')} from {relation}{condition}"


def in_months(months: set[date]) -> str:
    """The condition that a row is of one of these months."""
    dates = ", ".join(f"date '{month}'" for month in sorted(months))
    return f"period_month in ({dates})"


def write_file(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    comments: dict[str, dict[str, str]],
    row: Publication,
    previous: Path,
    digests: dict[str, MonthDigests],
    changed: dict[str, set[date]],
) -> None:
    """Write the published relations with their comments into a new file, with their digests, the history and functions.

    The tables of `changed` are copied with the previous publication's file, and get only these months anew.
    """
    if changed:
        shutil.copyfile(previous, path)
    connection.execute(f"attach '{quoted(path)}' as publication (storage_version '{STORAGE_VERSION}')")
    for schema in PUBLISHED_SCHEMAS:
        connection.execute(f"create schema if not exists publication.{schema}")
    for relation in comments:
        months = changed.get(relation)
        if months is None:
            connection.execute(f"create or replace table publication.{relation} as {published_rows(relation)}")
        elif months:
            connection.execute(f"delete from publication.{relation} where {in_months(months)}")
            connection.execute(f"insert into publication.{relation} by name {published_rows(relation, months)}")
    for name, parameters, definition in connection.execute(FUNCTIONS).fetchall():
        connection.execute(f"create or replace macro publication.{name}({', '.join(parameters)}) as {definition}")
    connection.execute(PUBLICATIONS)
    if previous.exists():
        connection.execute(f"attach '{quoted(previous)}' as previous (read_only)")
        connection.execute(f"insert into publication.{HISTORY} by name from previous.{HISTORY}")
        connection.execute("detach previous")
    connection.execute(f"insert into publication.{HISTORY} values (?, ?, ?, ?, ?, ?, ?)", astuple(row)[:-1])
    connection.execute(PUBLICATION_CONTENTS)
    contents = [
        "('{}', {}, {}, {})".format(relation, f"'{month}'" if month else "null", row_count, digest)
        for relation, months in digests.items()
        for month, (row_count, digest) in months.items()
    ]
    if contents:
        connection.execute(f"insert into publication.{CONTENTS} values {', '.join(contents)}")
    write_comments(connection, comments | OWN_COMMENTS)
    connection.execute("checkpoint publication")
    connection.execute("detach publication")


def changed_months(
    connection: duckdb.DuckDBPyConnection,
    digests: dict[str, MonthDigests],
    previous: Path,
    published: dict[str, MonthDigests],
) -> dict[str, set[date]]:
    """The months that the previous publication holds otherwise, by table; a table that is to be made anew is missing.

    No table at all where the whole file is to be written anew: where it would keep less than half of its rows, holds
    other tables or columns, or names that are not to be shown any more. What leaves a file may stay in its bytes.
    """
    if not published:
        return {}
    connection.execute(f"attach '{quoted(previous)}' as previous (read_only)")
    try:
        relations = tables_of(connection, "previous") - OWN_COMMENTS.keys()
        if any(
            relation not in digests
            or columns_of(connection, f"from previous.{relation}") != columns_of(connection, published_rows(relation))
            for relation in relations
        ):
            return {}
        changed, kept_rows = {}, 0
        for relation in relations:
            months, before = digests[relation], published.get(relation, {})
            kept = {month for month, digest in months.items() if before.get(month) == digest}
            others = (months.keys() | before.keys()) - kept
            if others and withholds_names(connection, relation):
                return {}
            if not others or (kept and None not in others):
                changed[relation] = others
                kept_rows += sum(months[month][0] for month in kept)
    finally:
        connection.execute("detach previous")
    all_rows = sum(sum_of(months)[0] for months in digests.values())
    return changed if kept_rows * 2 > all_rows else {}


def withholds_names(connection: duckdb.DuckDBPyConnection, relation: str) -> bool:
    """Whether a relation no longer holds a name that the previous publication shows: it was wrong, or is now masked."""
    rows = published_rows(relation)
    names = [name for name, _ in columns_of(connection, rows) if name.endswith("_name")]
    return any(
        connection.execute(
            f"select {name} from previous.{relation} except select {name} from ({rows}) limit 1"
        ).fetchall()
        for name in names
    )


def tables_of(connection: duckdb.DuckDBPyConnection, catalog: str) -> set[str]:
    """The tables of an attached publication."""
    rows = connection.execute(
        "select schema_name || '.' || table_name from duckdb_tables() where database_name = ?", [catalog]
    ).fetchall()
    return {row[0] for row in rows}


def columns_of(connection: duckdb.DuckDBPyConnection, rows: str) -> list[tuple[str, str]]:
    """Names and types of the columns of a statement."""
    return [row[:2] for row in connection.execute(f"describe {rows}").fetchall()]


def write_comments(connection: duckdb.DuckDBPyConnection, comments: dict[str, dict[str, str]]) -> None:
    """Say of each published relation and its columns what they mean, where it is not said yet."""
    wanted = {
        f"{relation}.{column}" if column else relation: text
        for relation, texts in comments.items()
        for column, text in texts.items()
    }
    for name, kind, written in connection.execute(WRITTEN_COMMENTS).fetchall():
        if wanted.get(name) != written:
            text = f"'{quoted(wanted[name])}'" if name in wanted else "null"
            connection.execute(f"comment on {kind} publication.{name} is {text}")


def seal_file(path: Path) -> None:
    """Make sure that the whole file is on disk and that nobody writes it again."""
    log = path.with_name(path.name + ".wal")
    if log.exists():
        raise BankmartError(f"{log}: the new publication was not written out whole; run bankmart publish again")
    path.chmod(0o444)
    sync(path)
    sync(path.parent)


def swap_link(published: Path, version: str) -> None:
    """Point `current` at a version in one step."""
    link = published / ".current"
    link.unlink(missing_ok=True)
    link.symlink_to(version)
    link.replace(published / "current")
    sync(published)


def sync(path: Path) -> None:
    """Have the operating system write a file or directory to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def versions(published: Path) -> list[str]:
    """The published versions, oldest first."""
    return sorted(
        path.name for path in published.iterdir() if path.is_dir() and path.name.isdecimal() and not path.is_symlink()
    )


def newest_version(published: Path) -> str:
    """The newest version, `0` where there is none."""
    return (versions(published) or ["0"])[-1]


def remove_old_versions(published: Path) -> None:
    """Keep the newest versions, for readers that still have one open."""
    for version in versions(published)[:-KEPT_VERSIONS]:
        shutil.rmtree(published / version)


def clean_up(published: Path) -> None:
    """Remove what a crash left: unfinished versions, and finished ones that were never linked."""
    for path in published.glob(".partial-*"):
        shutil.rmtree(path)
    current = published / "current"
    if current.is_symlink():
        for version in versions(published):
            if version > current.readlink().name:
                shutil.rmtree(published / version)
