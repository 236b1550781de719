"""A delivered file as a stream of record batches, whatever its format, and its control total."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bankmart.contract import Column, Extract
from bankmart.csv_file import RefusedFileError, open_csv

# what the library raises on bytes that are no Parquet, or not whole
DAMAGE = (pa.ArrowException, OSError, UnicodeError)
TYPED_SUFFIX = "__typed"
PLAIN_TYPES = (
    *(pa.types.is_string, pa.types.is_large_string, pa.types.is_boolean, pa.types.is_integer, pa.types.is_floating),
    *(pa.types.is_decimal, pa.types.is_date),
)
SHOWN_WHOLE = 2**31 - 1
MONEY = pa.decimal128(18, 2)
MONEY_SUM = pa.decimal128(38, 2)
PLAIN_AMOUNT = r"^-?\d{1,16}(\.\d{1,2})?$"
AMOUNT = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)?(?:\.[0-9]{0,2}0*)?")
BLANKS = " \t\r\n\u00a0\u3000"
FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－＋", "0123456789.,-+")


@dataclass
class Delivery:
    """One delivered file, being read."""

    extract: Extract
    encoding: str
    names: list[str]
    source: Iterator[pa.RecordBatch]
    row_count: int = 0
    money_total: Decimal | None = None
    typed_names: list[str] = field(default_factory=list)

    @property
    def missing_columns(self) -> list[str]:
        """Required columns that the file does not have."""
        return [name for name in self.extract.required_columns if name not in self.names]

    @property
    def unknown_columns(self) -> list[str]:
        """Columns that the contract does not have."""
        return [name for name in self.names if self.extract.column(name) is None]

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The rows as they are archived; counts them and sums the money column on the way."""
        money = self.extract.money_column
        if money:
            self.money_total = Decimal(0)
        for batch in self.source:
            self.row_count += batch.num_rows
            if money and money in self.names:
                self.money_total += control_total(batch.column(self.names.index(money)))
            yield batch


@contextmanager
def open_delivery(extract: Extract, path: Path) -> Iterator[Delivery]:
    """Open a delivered CSV or Parquet file.

    Raises RefusedFileError when the file is damaged or its header cannot be used.
    """
    if path.suffix == ".parquet":
        yield open_parquet(extract, path)
        return
    with open_csv(path) as csv_file:
        yield Delivery(extract, csv_file.encoding, csv_file.names, csv_file.batches())


def open_parquet(extract: Extract, path: Path) -> Delivery:
    """Open a delivered Parquet file."""
    try:
        file = pq.ParquetFile(path, page_checksum_verification=True)
        names = [name.strip().lower() for name in file.schema_arrow.names]
    except DAMAGE as error:
        raise RefusedFileError(f"no readable Parquet file ({first_line(error)}); deliver it again") from None
    if len(set(names)) < len(names):
        raise RefusedFileError("a column name stands twice; name every column once")
    delivery = Delivery(extract, "parquet", names, iter(()))
    plan = [
        plan_column(extract.column(name), field_.type) for name, field_ in zip(names, file.schema_arrow, strict=True)
    ]
    if nested := [name for name, target in zip(names, plan, strict=True) if target is None and extract.column(name)]:
        raise RefusedFileError(f"column {', '.join(nested)} is nested; deliver one value a field")

    def read() -> Iterator[pa.RecordBatch]:
        try:
            for batch in file.iter_batches(batch_size=1 << 17):
                columns = [
                    convert(name, array, target) if target else shown_text(array)
                    for name, array, target in zip(names, batch.columns, plan, strict=True)
                ]
                yield pa.RecordBatch.from_arrays(columns, names=names)
        except DAMAGE as error:
            raise RefusedFileError(f"damaged Parquet data ({first_line(error)}); deliver the file again") from None
        if delivery.row_count != file.metadata.num_rows:
            raise RefusedFileError(
                f"damaged Parquet data ({delivery.row_count} of {file.metadata.num_rows} rows can be read); "
                "deliver the file again"
            )

    delivery.source = read()
    return delivery


def plan_column(column: Column | None, found: pa.DataType) -> pa.DataType | None:
    """The type a Parquet column is kept in: its contract's where no value can be lost, else text; None when nested.

    A column that the contract does not have may be of any type, and is None unless its values have a text of their own.
    Decided from the types alone, so that every row of a file is read one way.
    """
    if pa.types.is_dictionary(found):
        found = found.value_type
    if pa.types.is_nested(found) or (column is None and not any(is_plain(found) for is_plain in PLAIN_TYPES)):
        return None
    wanted = column.arrow_type if column else None
    if wanted is None:
        return pa.string()
    if pa.types.is_decimal(wanted):
        is_exact = (
            pa.types.is_decimal(found)
            and found.scale <= wanted.scale
            and found.precision - found.scale <= wanted.precision - wanted.scale
        ) or (pa.types.is_integer(found) and found.bit_width <= 32 and wanted.precision - wanted.scale >= 10)
    else:
        is_exact = found == wanted or (
            pa.types.is_integer(wanted) and pa.types.is_signed_integer(found) and found.bit_width <= 32
        )
    return wanted if is_exact else pa.string()


def convert(name: str, array: pa.Array, target: pa.DataType) -> pa.Array:
    """One column in the type it is kept in; text is checked for NUL characters and UTF-8."""
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if array.type == target and not pa.types.is_string(target):
        return array
    if pa.types.is_timestamp(array.type) and array.type.tz is None:
        # a data frame writes a date as a timestamp at midnight
        days = array.cast(pa.date32(), safe=False)
        is_midnight = pc.equal(days.cast(array.type), array)
        array = pc.if_else(is_midnight, days.cast(pa.string()), array.cast(pa.string()))
    try:
        is_fraction = pa.types.is_floating(array.type) or pa.types.is_decimal(array.type)
        array = plain_numbers(array) if is_fraction and pa.types.is_string(target) else array.cast(target)
        array.validate(full=pa.types.is_string(target))
    except pa.ArrowInvalid:
        raise RefusedFileError(f"column {name} holds bytes that are not UTF-8 text; deliver it as text") from None
    if pa.types.is_string(target) and pc.any(pc.match_substring(array, "\0")).as_py():
        raise RefusedFileError(f"column {name} holds a NUL character; remove it and deliver the file again")
    return array


def shown_text(array: pa.Array) -> pa.Array:
    """Values of no plain type as pyarrow shows them, all of them; to Python some cannot be handed over."""
    whole = {"window": SHOWN_WHOLE, "container_window": SHOWN_WHOLE, "element_size_limit": SHOWN_WHOLE}
    shown = (array.slice(row, 1).to_string(**whole, skip_new_lines=True) for row in range(len(array)))
    texts = [None if is_null else text for text, is_null in zip(shown, array.is_null().to_pylist(), strict=True)]
    return pa.array(texts, pa.string())


def plain_numbers(array: pa.Array) -> pa.Array:
    """Fractions as text without an exponent: decimals with all digits, floats with the fewest that mean the number."""
    text = array.cast(pa.string())
    has_exponent = pc.fill_null(pc.match_substring(text, "e", ignore_case=True), False)
    numbers = array.filter(has_exponent)
    if pa.types.is_decimal(array.type):
        digits = [f"{number:f}" for number in numbers.to_pylist()]
    else:
        digits = [np.format_float_positional(number, trim="-") for number in numbers.to_numpy()]
    return pc.replace_with_mask(text, has_exponent, pa.array(digits, pa.string()))


def control_total(array: pa.Array) -> Decimal:
    """Sum of the readable amounts of a column, counted apart from the models that must arrive at the same sum."""
    if pa.types.is_decimal(array.type):
        return pc.sum(array.cast(MONEY_SUM)).as_py() or Decimal(0)
    plain = pc.fill_null(pc.match_substring_regex(array, PLAIN_AMOUNT), False)
    total = pc.sum(array.filter(plain).cast(MONEY).cast(MONEY_SUM)).as_py() or Decimal(0)
    others = (read_amount(text) for text in array.filter(pc.invert(plain)).to_pylist() if text)
    return total + sum((amount for amount in others if amount is not None), Decimal(0))


def read_amount(text: str) -> Decimal | None:
    """An amount of the contract: up to 16 digits and 2 decimals, thousands commas and full-width digits allowed."""
    text = text.strip(BLANKS).translate(FULL_WIDTH)
    if not AMOUNT.fullmatch(text) or not re.search("[0-9]", text):
        return None
    amount = Decimal(text.replace(",", ""))
    return amount if abs(amount) < Decimal(10) ** 16 else None


def first_line(error: Exception) -> str:
    """The first line of a library's message, without its final stop."""
    return str(error).splitlines()[0].rstrip(".") if str(error) else type(error).__name__
