"""The contract of the extracts, read from the one place that declares it: the dbt source `landing`."""

from dataclasses import dataclass
from functools import cache

import pyarrow as pa
import yaml

from bankmart.settings import PROJECT

SOURCES = PROJECT / "models" / "staging" / "_landing__sources.yml"
MANIFEST = "manifest"
# the same safe loader in C, ten times faster, where the library was built with it
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Column:
    """A column of an extract."""

    name: str
    type_name: str
    sql_type: str
    is_key: bool
    is_required: bool
    codes: tuple[str, ...]
    is_looked_up: bool
    references: str | None

    @property
    def arrow_type(self) -> pa.DataType | None:
        """The type in which a typed delivery is kept, None where the contract keeps text."""
        kind, _, arguments = self.sql_type.partition("(")
        if kind == "decimal":
            precision, scale = arguments.rstrip(")").split(",")
            return pa.decimal128(int(precision), int(scale))
        return {"date": pa.date32(), "integer": pa.int32(), "boolean": pa.bool_()}.get(kind)


@dataclass(frozen=True)
class Extract:
    """One kind of file that a bank delivers."""

    name: str
    is_starred: bool
    money_column: str | None
    columns: tuple[Column, ...]

    @property
    def required_columns(self) -> tuple[str, ...]:
        """Columns without which a file is refused."""
        return tuple(column.name for column in self.columns if column.is_required)

    def column(self, name: str) -> Column | None:
        """The column of that name, None where the contract has none."""
        return next((column for column in self.columns if column.name == name), None)


@cache
def extracts() -> dict[str, Extract]:
    """All extracts by name, in the order of the contract."""
    source = yaml.load(SOURCES.read_text(encoding="utf-8"), Loader=LOADER)["sources"][0]
    sql_types = {name: entry["sql"] for name, entry in source["config"]["meta"]["types"].items()}

    def read_column(entry: dict) -> Column:
        meta = entry["config"]["meta"]
        is_key = meta.get("key", False)
        return Column(
            name=entry["name"],
            type_name=meta["type"],
            sql_type=sql_types[meta["type"]],
            is_key=is_key,
            is_required=is_key or meta.get("required", False),
            codes=tuple(meta.get("codes", ())),
            is_looked_up="lookup" in meta,
            references=meta.get("references"),
        )

    def read_extract(table: dict) -> Extract:
        meta = table["config"]["meta"]
        return Extract(
            name=table["name"],
            is_starred=meta.get("starred", False),
            money_column=meta.get("money"),
            columns=tuple(read_column(entry) for entry in table["columns"]),
        )

    return {table["name"]: read_extract(table) for table in source["tables"] if table["name"] != MANIFEST}
