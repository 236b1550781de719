"""The archive: every delivered file once, as Parquet, and the manifest that says what is there."""

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from bankmart.contract import Extract, extracts
from bankmart.delivery import TYPED_SUFFIX
from bankmart.errors import BankmartError
from bankmart.sql_text import quoted

MANIFEST_SCHEMA = pa.schema(
    [
        ("batch_date", pa.date32()),
        ("extract", pa.string()),
        ("file_name", pa.string()),
        ("sha256", pa.string()),
        ("byte_count", pa.int64()),
        ("encoding", pa.string()),
        ("row_count", pa.int64()),
        ("money_total", pa.decimal128(38, 2)),
        ("landed_columns", pa.string()),
        ("typed_columns", pa.string()),
        ("archive_path", pa.string()),
        ("stamp", pa.string()),
        ("landed_at", pa.timestamp("us")),
        ("is_current", pa.bool_()),
    ]
)


@dataclass
class LandedFile:
    """A row of the manifest."""

    batch_date: date
    extract: str
    file_name: str
    sha256: str
    byte_count: int
    encoding: str
    row_count: int
    money_total: Decimal | None
    landed_columns: str
    typed_columns: str
    archive_path: str
    stamp: str
    landed_at: datetime
    is_current: bool = True


class Archive:
    """The archive under one home directory."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.manifest_path = root / "manifest.parquet"

    def files(self) -> list[LandedFile]:
        """The manifest, oldest batch first."""
        if not self.manifest_path.exists():
            return []
        return [LandedFile(**row) for row in pq.read_table(self.manifest_path).to_pylist()]

    def current_files(self) -> list[LandedFile]:
        """The files that count: those that no later delivery has taken the place of."""
        return [file for file in self.files() if file.is_current]

    def check_files(self, files: list[LandedFile]) -> None:
        """Raises BankmartError naming every file that the manifest knows and the archive has lost."""
        lost = [path for file in files if not (path := self.root / file.archive_path).exists()]
        if lost:
            raise BankmartError(
                *(f"{path}: lost from the archive; run bankmart land where it was delivered from" for path in lost)
            )

    def write_manifest(self, files: list[LandedFile]) -> None:
        """Replace the manifest in one step; a file is landed from this moment on."""
        ordered = sorted(files, key=lambda file: (file.batch_date, file.extract, file.file_name, file.landed_at))
        table = pa.Table.from_pylist([asdict(file) for file in ordered], schema=MANIFEST_SCHEMA)
        partial = self.manifest_path.with_suffix(".partial")
        pq.write_table(table, partial)
        partial.replace(self.manifest_path)

    def register(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Show the archive as schema `landing`: the manifest as a table, every extract of the contract as a view."""
        connection.execute("create schema if not exists landing")
        connection.register(
            "manifest_rows", pa.Table.from_pylist([asdict(f) for f in self.files()], schema=MANIFEST_SCHEMA)
        )
        connection.execute("create or replace table landing.manifest as select * from manifest_rows")
        connection.unregister("manifest_rows")
        current = self.current_files()
        for extract in extracts().values():
            landed = [file for file in current if file.extract == extract.name]
            connection.execute(f"create or replace view landing.{extract.name} as {self._view(extract, landed)}")

    def _view(self, extract: Extract, landed: list[LandedFile]) -> str:
        as_typed = {name for file in landed for name in file.typed_columns.split(",")}
        as_text = {
            name for file in landed for name in set(file.landed_columns.split(",")) - set(file.typed_columns.split(","))
        }
        columns = []
        for column in extract.columns:
            name, typed = column.name, column.name + TYPED_SUFFIX
            columns.append(f"{name}" if name in as_text else f"cast(null as varchar) as {name}")
            if column.arrow_type is not None:
                columns.append(f"{typed}" if name in as_typed else f"cast(null as {column.sql_type}) as {typed}")
        if not landed:
            return (
                "select cast(null as date) as batch_date, cast(null as varchar) as file_name, "
                f"cast(null as bigint) as row_number, {', '.join(columns)} where false"
            )
        paths = ", ".join(f"'{quoted(self.root / file.archive_path)}'" for file in landed)
        return (
            f"select batch_date, file_name, row_number, {', '.join(columns)} "
            f"from read_parquet([{paths}], union_by_name = true, hive_partitioning = false)"
        )


assert [field.name for field in fields(LandedFile)] == MANIFEST_SCHEMA.names
