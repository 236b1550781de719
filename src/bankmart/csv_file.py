"""Strict reading of a delivered CSV file: nothing guessed, nothing dropped, every fault with its line.

pyarrow does the parsing. What it lets pass is checked on the bytes first: NUL bytes, the encoding, and quotes
(RFC 4180: a quoted value begins right after a comma or line break and ends right before one).
"""

import codecs
import csv
import io
import mmap
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv

UTF8_BOM = codecs.BOM_UTF8
CHUNK = 1 << 24
ANY_TEXT = re.compile(rb"[^\r\n]")
QUOTE, COMMA, LINE_FEED, CARRIAGE_RETURN = b'",\n\r'

# a long value is no fault
csv.field_size_limit(sys.maxsize)


class RefusedFileError(Exception):
    """A file that cannot be landed; the text says where, what was found and what to do."""


@dataclass(frozen=True)
class CsvFile:
    """A CSV file that passed the checks on its bytes."""

    data: mmap.mmap
    encoding: str
    names: list[str]
    body_start: int

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The data rows, every value as text, in file order.

        Raises RefusedFileError at the first row with too many or too few fields.
        """
        if not ANY_TEXT.search(self.data, self.body_start):
            return
        # the line feed before the body is an empty line; a mark that begins the first value would be dropped without it
        body = Body(self.data, self.body_start - 1, self.encoding)
        try:
            reader = pa.csv.open_csv(
                pa.PythonFile(body, mode="r"),
                read_options=pa.csv.ReadOptions(column_names=self.names, block_size=CHUNK),
                parse_options=pa.csv.ParseOptions(newlines_in_values=self.data.find(b'"') >= 0),
                convert_options=pa.csv.ConvertOptions(column_types=dict.fromkeys(self.names, pa.string())),
            )
            yield from reader
        except pa.ArrowInvalid:
            raise RefusedFileError(self._describe_bad_row()) from None

    def _describe_bad_row(self) -> str:
        text = io.TextIOWrapper(io.BytesIO(self.data), encoding=self.encoding, newline="")
        rows = csv.reader(text)
        last_line = 0
        for row in rows:
            if row and len(row) != len(self.names):
                return (
                    f"line {last_line + 1}: {len(row)} fields where the header has {len(self.names)}; "
                    "deliver the file again with every row complete"
                )
            last_line = rows.line_num
        # the parser's own message would repeat the row, and the row may be personal
        return f"a row is longer than {CHUNK >> 20} MB; deliver the file again with shorter values"


class Body:
    """The data rows as the file object that pyarrow reads them from, in UTF-8.

    No block ends in a carriage return: pyarrow drops a line feed that begins the next one, even in a quoted value.
    """

    closed = False

    def __init__(self, data: mmap.mmap, start: int, encoding: str) -> None:
        self.data = data
        self.position = start
        self.decoder = None if encoding == "utf-8" else codecs.getincrementaldecoder(encoding)()

    def read(self, size: int) -> bytes:
        """The next block of at most that many bytes; empty at the end."""
        block = self.data[self.position : self.position + (size if self.decoder is None else size // 2)]
        if self.position + len(block) < len(self.data):
            block = block.rstrip(b"\r") or block
        self.position += len(block)
        return block if self.decoder is None else self.decoder.decode(block).encode()


@contextmanager
def open_csv(path: Path) -> Iterator[CsvFile]:
    """Open a delivered CSV file and check its bytes.

    Raises RefusedFileError for an empty file, a NUL byte, bytes of no accepted encoding, a stray or unclosed quote,
    or a header that is empty or names a column twice.
    """
    if path.stat().st_size == 0:
        raise RefusedFileError("the file is empty; deliver it with a header line, and no rows if there is nothing new")
    with path.open("rb") as handle:
        # never closed by hand: a reader that stopped in the middle may still look at it
        data = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
    if (position := data.find(b"\0")) >= 0:
        raise RefusedFileError(
            f"line {line_at(data, position)}: a NUL byte, as in UTF-16; "
            "deliver the file again without, in UTF-8 or GB18030"
        )
    encoding = detect_encoding(data)
    check_quotes(data)
    names, body_start = read_header(data, encoding)
    yield CsvFile(data, encoding, names, body_start)


def line_at(data: mmap.mmap, position: int) -> int:
    """Line number, from 1, of a byte position."""
    lines, start = 1, 0
    while (start := data.find(b"\n", start, position)) >= 0:
        lines, start = lines + 1, start + 1
    return lines


def detect_encoding(data: mmap.mmap) -> str:
    """`utf-8` or `gb18030`, the first in which every byte is valid.

    Raises RefusedFileError with the line of the first bad byte. A file with a UTF-8 mark, or whose other characters
    are UTF-8, is UTF-8 with a broken byte: reading it as GB18030 would turn its names into other names.
    """
    position = first_undecodable(data, "utf-8")
    if position is None:
        return "utf-8"
    encoding = "UTF-8"
    if data[:3] != UTF8_BOM and not is_mostly_utf8(data):
        gb_position = first_undecodable(data, "gb18030")
        if gb_position is None:
            return "gb18030"
        position, encoding = gb_position, "GB18030"
    raise RefusedFileError(
        f"line {line_at(data, position)}: byte 0x{data[position]:02x} is not {encoding} text; "
        "deliver the file again in UTF-8 or GB18030"
    )


def is_mostly_utf8(data: mmap.mmap) -> bool:
    """Whether more characters beyond ASCII are whole than broken when the bytes are read as UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    whole = broken = 0
    for start in range(0, len(data), CHUNK):
        text = decoder.decode(data[start : start + CHUNK])
        broken_here = text.count("\ufffd")
        broken += broken_here
        whole += len(text) - len(text.encode("ascii", "ignore")) - broken_here
    return whole > broken


def first_undecodable(data: mmap.mmap, encoding: str) -> int | None:
    """Position of the first byte that is not text in the encoding, None where all are."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for start in range(0, len(data), CHUNK):
        carried = len(decoder.getstate()[0])
        try:
            decoder.decode(data[start : start + CHUNK], final=start + CHUNK >= len(data))
        except UnicodeDecodeError as error:
            return start - carried + error.start
    return None


def check_quotes(data: mmap.mmap) -> None:
    """Raise RefusedFileError at the first quote that RFC 4180 does not allow.

    Quotes open and close a value by turns (a doubled quote closes and reopens it), so looking at the neighbours of the
    even and of the odd ones is enough.
    """
    content = np.frombuffer(data, dtype=np.uint8)
    body_start = len(UTF8_BOM) if data[:3] == UTF8_BOM else 0
    before_opening = (QUOTE, COMMA, LINE_FEED, CARRIAGE_RETURN)
    seen, last = 0, 0
    try:
        for start in range(0, len(content), CHUNK):
            quotes = np.flatnonzero(content[start : start + CHUNK] == QUOTE) + start
            opening, closing = quotes[seen % 2 :: 2], quotes[1 - seen % 2 :: 2]
            inside = opening[opening > body_start]
            stray = inside[~np.isin(content[inside - 1], before_opening)]
            followed = closing[closing < len(content) - 1]
            unclosed = followed[~np.isin(content[followed + 1], before_opening)]
            if stray.size and (not unclosed.size or stray[0] < unclosed[0]):
                raise RefusedFileError(
                    f"line {line_at(data, int(stray[0]))}: a quote inside an unquoted value; "
                    "quote the whole value and double the quotes inside it"
                )
            if unclosed.size:
                raise RefusedFileError(
                    f"line {line_at(data, int(unclosed[0]))}: text after a closing quote, or a quoted value before it "
                    "that was never closed; close the value and double the quotes inside it"
                )
            seen += len(quotes)
            last = int(quotes[-1]) if quotes.size else last
    finally:
        del content
    if seen % 2:
        raise RefusedFileError(f"line {line_at(data, last)}: a quoted value is never closed; close it")


def read_header(data: mmap.mmap, encoding: str) -> tuple[list[str], int]:
    """Column names, trimmed and in lower case, and the position of the first data row."""
    end = 0
    while end < len(data):
        end = data.find(b"\n", end) + 1 or len(data)
        if data[:end].count(QUOTE) % 2 == 0:
            break
    line = data[:end].removeprefix(UTF8_BOM).decode(encoding)
    try:
        names = [name.strip().lower() for name in next(csv.reader([line]), [])]
    except csv.Error:
        raise RefusedFileError(
            "line 1: lines end in a lone carriage return; deliver the file again with line feeds at their ends"
        ) from None
    if not any(names):
        raise RefusedFileError("line 1: no column names; deliver the file with a header line")
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        places = ", ".join(str(names.index(name) + 1) for name in repeated)
        raise RefusedFileError(f"line 1: the column name in field {places} stands twice; name every column once")
    return names, end
