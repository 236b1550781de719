"""Landing: copy each delivered file once into the archive, as text, or say why not."""

import hashlib
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bankmart.archive import Archive, LandedFile
from bankmart.contract import Extract, extracts
from bankmart.csv_file import RefusedFileError
from bankmart.delivery import TYPED_SUFFIX, Delivery, open_delivery

BATCH_FOLDER = re.compile(r"batch_date=(\d{4}-\d{2}-\d{2})")
PLAIN_NAME = re.compile(r"[a-z][a-z_]{0,39}")
UNKNOWN_PREFIX = "unknown__"


@dataclass(frozen=True)
class DeliveredFile:
    """A file in the inbox that holds (a part of) an extract."""

    batch_date: date
    extract: Extract
    path: Path
    file_name: str

    @property
    def label(self) -> str:
        """How messages name the file."""
        return f"{self.batch_date}/{self.file_name}"

    @property
    def stamp(self) -> str:
        """Changes whenever the file does; saves reading it again when it has not."""
        status = self.path.stat()
        return f"{status.st_size}.{status.st_mtime_ns}.{status.st_ctime_ns}"


@dataclass
class LandingReport:
    """What landing did."""

    landed: list[LandedFile] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    unchanged_count: int = 0

    @property
    def batch_dates(self) -> list[date]:
        """Batches that something was landed of."""
        return sorted({file.batch_date for file in self.landed})


def land(
    inbox: Path, archive: Archive, supersede: Iterable[str] = (), progress: Callable[[str], None] = lambda label: None
) -> LandingReport:
    """Land what the inbox holds and the archive does not.

    Every file is checked, whatever happened to the others; nothing of a batch is landed when one of its files is
    refused. `supersede` names deliveries (`2026-10-31/referrals`) whose changed files take the place of the landed
    ones.
    """
    report = LandingReport()
    # what a killed landing left
    for leftover in archive.root.rglob("*.partial"):
        leftover.unlink()
    delivered = find_deliveries(inbox, report)
    allowed = set(supersede)
    for label in sorted(allowed - {f"{file.batch_date}/{file.extract.name}" for file in delivered}):
        report.refusals.append(f"--supersede {label}: the inbox has no such delivery; name it as batch date/extract")
    for _, batch in groupby(delivered, key=lambda file: file.batch_date):
        land_batch(list(batch), archive, allowed, report, progress)
    return report


def find_deliveries(inbox: Path, report: LandingReport) -> list[DeliveredFile]:
    """The files of all batches in order; what is no delivery is named in the report, never passed over in silence."""
    if not inbox.is_dir():
        report.refusals.append(
            f"inbox {inbox}: no such directory; set BANKMART_INBOX or --inbox to where batches arrive"
        )
        return []
    found: list[DeliveredFile] = []
    for folder in sorted(path for path in inbox.iterdir() if not path.name.startswith(".")):
        if not folder.is_dir():
            report.warnings.append(f"{folder.name}: not landed; put it into a directory batch_date=YYYY-MM-DD")
            continue
        match = BATCH_FOLDER.fullmatch(folder.name)
        batch_date = None
        with suppress(ValueError):
            batch_date = date.fromisoformat(match[1]) if match else None
        if batch_date is None:
            report.refusals.append(f"{folder.name}: no batch; name the directory batch_date=YYYY-MM-DD")
            continue
        found += find_batch(folder, batch_date, report)
    if not found and not report.refusals:
        report.refusals.append(f"inbox {inbox}: no batch_date=YYYY-MM-DD directory with extracts in it")
    return found


def find_batch(folder: Path, batch_date: date, report: LandingReport) -> list[DeliveredFile]:
    """The files of one batch."""
    found: list[DeliveredFile] = []
    for path in sorted(path for path in folder.iterdir() if not path.name.startswith(".")):
        extract = extracts().get(path.stem if path.suffix in (".csv", ".parquet") else path.name)
        if path.is_dir() and extract:
            parts = sorted(part for part in path.iterdir() if not part.name.startswith("."))
            if not parts:
                report.warnings.append(f"{batch_date}/{path.name}: not landed; the directory is empty")
            for part in parts:
                if part.suffix == ".parquet" and part.is_file():
                    found.append(DeliveredFile(batch_date, extract, part, f"{path.name}/{part.name}"))
                else:
                    report.warnings.append(f"{batch_date}/{path.name}/{part.name}: not landed; parts are Parquet files")
        elif path.is_file() and extract and path.suffix:
            found.append(DeliveredFile(batch_date, extract, path, path.name))
        else:
            report.warnings.append(f"{batch_date}/{path.name}: not landed; no extract of the contract has this name")
    return sorted(found, key=lambda file: file.extract.name)


def land_batch(
    batch: list[DeliveredFile],
    archive: Archive,
    supersede: set[str],
    report: LandingReport,
    progress: Callable[[str], None],
) -> None:
    """Land one batch, whole or not at all."""
    known = archive.files()
    landed: list[LandedFile] = []
    replaced: list[LandedFile] = []
    refused_before = len(report.refusals)
    for extract, group in groupby(batch, key=lambda file: file.extract):
        files = list(group)
        label = f"{files[0].batch_date}/{extract.name}"
        if len({file.path.suffix for file in files}) > 1 or len({file.path.parent for file in files}) > 1:
            names = ", ".join(file.file_name for file in files)
            report.refusals.append(f"{label}: delivered more than once ({names}); keep one of them")
            continue
        current = [
            f for f in known if f.is_current and (f.batch_date, f.extract) == (files[0].batch_date, extract.name)
        ]
        # what the archive has lost is copied again
        is_archived = all((archive.root / file.archive_path).exists() for file in current)
        delivered = {(file.file_name, file.stamp) for file in files}
        if is_archived and {(file.file_name, file.stamp) for file in current} == delivered:
            report.unchanged_count += len(files)
            continue
        stamps = {file.file_name: file.stamp for file in files}
        digests = {file.file_name: sha256_of(file.path) for file in files}
        is_same = {f.file_name: f.sha256 for f in current} == digests
        if is_archived and is_same:
            report.unchanged_count += len(files)
            continue
        if current and not is_same and label not in supersede:
            report.refusals.append(
                f"{label}: changed after it was landed on {current[0].landed_at:%Y-%m-%d %H:%M} UTC; deliver "
                f"corrections in a new batch, or land it in place of the old one by bankmart land --supersede {label}"
            )
            continue
        replaced += current
        for file in files:
            progress(file.label)
            try:
                landed.append(archive_file(file, stamps[file.file_name], digests[file.file_name], archive.root, report))
            except RefusedFileError as refusal:
                report.refusals.append(f"{file.label}: {refusal}")
    if len(report.refusals) > refused_before:
        for file in landed:
            (archive.root / file.archive_path).with_suffix(".partial").unlink()
        return
    if not landed:
        return
    for file in landed:
        target = archive.root / file.archive_path
        target.with_suffix(".partial").replace(target)
    for file in replaced:
        file.is_current = False
    same = {(f.batch_date, f.extract, f.file_name, f.sha256) for f in landed}
    kept = [f for f in known if (f.batch_date, f.extract, f.file_name, f.sha256) not in same]
    archive.write_manifest(kept + landed)
    report.landed += landed


def archive_file(file: DeliveredFile, stamp: str, digest: str, root: Path, report: LandingReport) -> LandedFile:
    """Copy one file into the archive under a temporary name; its stamp was taken before its digest.

    Raises RefusedFileError, leaving nothing behind, when the file cannot be read, lacks a required column, or changed
    since its stamp was taken.
    """
    batch_folder = f"batch_date={file.batch_date}"
    target = Path(batch_folder) / file.extract.name / f"{file.path.stem}.{digest[:16]}.parquet"
    partial = (root / target).with_suffix(".partial")
    partial.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open_delivery(file.extract, file.path) as delivery:
            check_columns(file, delivery, report)
            write_archive(file, delivery, partial)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    if file.stamp != stamp:
        partial.unlink()
        raise RefusedFileError("it changed while it was read; land it again once its delivery is complete")
    return LandedFile(
        batch_date=file.batch_date,
        extract=file.extract.name,
        file_name=file.file_name,
        sha256=digest,
        byte_count=file.path.stat().st_size,
        encoding=delivery.encoding,
        row_count=delivery.row_count,
        money_total=delivery.money_total,
        landed_columns=",".join(name.replace(",", " ") for name in delivery.names),
        typed_columns=",".join(delivery.typed_names),
        archive_path=str(target),
        stamp=stamp,
        landed_at=datetime.now(UTC).replace(tzinfo=None),
    )


def check_columns(file: DeliveredFile, delivery: Delivery, report: LandingReport) -> None:
    """Refuse a file without its required columns; warn of columns that the contract does not have."""
    if missing := delivery.missing_columns:
        found = f"no column {', '.join(missing)}"
        required = f"required are {', '.join(file.extract.required_columns)}"
        if file.path.suffix == ".csv":
            raise RefusedFileError(f"line 1: {found}; the first line must name the columns, {required}")
        raise RefusedFileError(f"{found}; deliver the file with all it needs, {required}")
    for name in delivery.unknown_columns:
        # a value that slipped into the header may be personal: only what looks like a name is repeated
        shown = name if PLAIN_NAME.fullmatch(name) else f"number {delivery.names.index(name) + 1}"
        report.warnings.append(f"{file.label}: column {shown} is not in the contract; it is archived but not used")


def write_archive(file: DeliveredFile, delivery: Delivery, target: Path) -> None:
    """Write the rows with their batch, file and row number."""
    writer = None
    rows = 0
    try:
        for batch in delivery.batches():
            table = with_origin(file, batch, rows)
            if writer is None:
                text = [column.name for column in table.schema if column.type == pa.string()]
                writer = pq.ParquetWriter(
                    target,
                    table.schema,
                    compression="zstd",
                    compression_level=1,
                    # numbers seldom repeat: a dictionary of them takes longer to write and more room
                    use_dictionary=["batch_date", *text],
                    column_encoding={"row_number": "DELTA_BINARY_PACKED"},
                )
                delivery.typed_names = [column.name for column in batch.schema if column.type != pa.string()]
            writer.write_table(table)
            rows += batch.num_rows
        if writer is None:
            empty = pa.RecordBatch.from_pydict({name: pa.array([], pa.string()) for name in delivery.names})
            pq.write_table(with_origin(file, empty, 0), target)
    finally:
        if writer is not None:
            writer.close()


def with_origin(file: DeliveredFile, batch: pa.RecordBatch, rows_before: int) -> pa.Table:
    """The rows of a batch behind the columns that say where they came from.

    Typed columns carry a suffix; columns that the contract does not know a prefix, or they could pass for others.
    """
    count = batch.num_rows
    names = [
        UNKNOWN_PREFIX + column.name
        if file.extract.column(column.name) is None
        else column.name + (TYPED_SUFFIX if column.type != pa.string() else "")
        for column in batch.schema
    ]
    origin = {
        "batch_date": pa.repeat(pa.scalar(file.batch_date, pa.date32()), count),
        "file_name": pa.repeat(pa.scalar(file.file_name), count),
        "row_number": pa.array(np.arange(rows_before + 1, rows_before + count + 1)),
    }
    return pa.table([*origin.values(), *batch.columns], names=[*origin, *names])


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
