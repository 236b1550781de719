"""Publishing: readers get a finished file of their own, swapped in by one rename."""

import os
import shutil
from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from datetime import date, datetime
from pathlib import Path

import duckdb

from bankmart.errors import BankmartError
from bankmart.seals import add_seals
from bankmart.settings import Settings
from bankmart.warehouse import Build, open_database

PUBLISHED_SCHEMAS = ("marts", "quality")
# raw text of the delivery, which may be personal, stays in the build database; a key that went wrong may hold the
# number of a document or a telephone, so long runs of digits are blotted out
BLOTTED_KEY = "replace (regexp_replace(record_key, '[0-9Xx]{11,}', '***********', 'g') as record_key)"
SELECTIONS = {
    "quality.quarantined_records": f"* exclude (raw_record) {BLOTTED_KEY}",
    "quality.emptied_values": f"* exclude (raw_value) {BLOTTED_KEY}",
}
STORAGE_VERSION = "v1.4.0"
KEPT_VERSIONS = 3

PUBLICATIONS = """
    create table if not exists publication.quality.publications (
        version varchar, as_of_date date, batch_dates varchar, rules_digest varchar, content_digest varchar,
        built_at timestamp, seal_digest varchar
    )
"""


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

    Raises BankmartError when the database holds no build that passed, or one that changes a sealed month of the ledger.
    """
    build = Build.of(settings)
    if build is None:
        raise BankmartError(f"{settings.database} holds no build that passed its tests: run bankmart build first")
    settings.published.mkdir(parents=True, exist_ok=True)
    clean_up(settings.published)
    previous = current_publication(settings)
    with open_database(settings) as connection:
        # sealed before readers see it: a crash in between leaves seals that the next run finds right
        seal_digest = add_seals(connection, settings, build)
        if build.reseal_reason:
            # the reason was for what was built then, not for what the database may hold later
            replace(build, reseal_reason=None).write_receipt(settings)
        digest = content_digest(connection, build.comments)
        facts = (date.fromisoformat(build.as_of_date), ", ".join(build.batch_dates), build.rules_digest, digest)
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
        write_file(connection, folder / settings.publication.name, build.comments, row, settings.publication)
    seal_file(folder / settings.publication.name)
    folder.rename(settings.published / version)
    swap_link(settings.published, version)
    remove_old_versions(settings.published)
    return row


def current_publication(settings: Settings) -> Publication | None:
    """What readers see now, None where nothing is published yet."""
    if not settings.publication.exists():
        return None
    with duckdb.connect(str(settings.publication), read_only=True) as connection:
        row = connection.execute("from quality.publications order by version desc limit 1").fetchone()
    return Publication(*row, is_new=False)


def content_digest(connection: duckdb.DuckDBPyConnection, relations: Iterable[str]) -> str:
    """Digest of all published rows, whatever their order."""
    parts = []
    for relation in relations:
        selected = selection(relation)
        row = connection.execute(
            "select count(*), coalesce(sum(hash(records)::hugeint), 0) "
            f"from (select {selected} from {relation}) as records"
        ).fetchone()
        parts.append(f"{relation}:{row[0]}:{row[1]}")
    return connection.execute("select sha256(?)", ["\n".join(parts)]).fetchone()[0]


def selection(relation: str) -> str:
    """The columns of a relation that are published."""
    return SELECTIONS.get(relation, "*")


def write_file(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    comments: dict[str, dict[str, str]],
    row: Publication,
    previous: Path,
) -> None:
    """Copy the published relations with their comments into a new file, and the history of publications with them."""
    connection.execute(f"attach '{quoted(path)}' as publication (storage_version '{STORAGE_VERSION}')")
    for schema in PUBLISHED_SCHEMAS:
        connection.execute(f"create schema publication.{schema}")
    for relation, texts in comments.items():
        connection.execute(f"create table publication.{relation} as select {selection(relation)} from {relation}")
        write_comments(connection, relation, texts)
    connection.execute(PUBLICATIONS)
    if previous.exists():
        connection.execute(f"attach '{quoted(previous)}' as previous (read_only)")
        connection.execute("insert into publication.quality.publications by name from previous.quality.publications")
        connection.execute("detach previous")
    connection.execute(
        "insert into publication.quality.publications values (?, ?, ?, ?, ?, ?, ?)",
        astuple(row)[:-1],
    )
    connection.execute("checkpoint publication")
    connection.execute("detach publication")


def write_comments(connection: duckdb.DuckDBPyConnection, relation: str, texts: dict[str, str]) -> None:
    """Say of a published relation and its columns what they mean."""
    published = {row[0] for row in connection.execute(f"describe publication.{relation}").fetchall()}
    for column, text in texts.items():
        if not column:
            connection.execute(f"comment on table publication.{relation} is '{quoted(text)}'")
        elif column in published:
            connection.execute(f"comment on column publication.{relation}.{column} is '{quoted(text)}'")


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


def quoted(text: object) -> str:
    """Text inside a SQL literal."""
    return str(text).replace("'", "''")
