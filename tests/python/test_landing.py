"""Landing: what is refused and in which words, what the archive keeps, and that a batch lands whole or not at all."""

import csv
import hashlib
import io
import os
import random
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bankmart import csv_file
from bankmart.archive import Archive, LandedFile
from bankmart.delivery import control_total
from bankmart.landing import LandingReport, land
from conftest import write_inbox

DAY = "2026-10-31"
HEADER = "department_id,department_name,business_line\n"
ID_NUMBER = "110105194912310021"

thorough = settings(max_examples=150, deadline=None, derandomize=True)


@dataclass(frozen=True)
class Bank:
    """An inbox and the archive that it is landed in."""

    root: Path

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def archive(self) -> Archive:
        return Archive(self.root / "archive")

    def deliver(self, files: dict[str, str | bytes], day: str = DAY) -> None:
        write_inbox(self.inbox, {day: files})

    def land(self, *supersede: str) -> LandingReport:
        return land(self.inbox, self.archive, supersede)

    def land_one(self, name: str, content: str | bytes) -> LandedFile:
        """Land one file, which must not be refused."""
        self.deliver({name: content})
        report = self.land()
        assert report.refusals == []
        (landed,) = report.landed
        return landed

    def archived(self, file: LandedFile) -> dict[str, list]:
        """The columns of an archived file without those that say where the rows came from."""
        table = pq.read_table(self.archive.root / file.archive_path, partitioning=None)
        assert table.column("row_number").to_pylist() == list(range(1, table.num_rows + 1))
        assert set(table.column("batch_date").to_pylist()) <= {file.batch_date}
        assert set(table.column("file_name").to_pylist()) <= {file.file_name}
        return table.drop_columns(["batch_date", "file_name", "row_number"]).to_pydict()

    def paths(self) -> set[str]:
        """Every file in the archive."""
        root = self.archive.root
        return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return Bank(tmp_path)


@contextmanager
def new_bank() -> Iterator[Bank]:
    """A bank for one example of a property."""
    with TemporaryDirectory() as folder:
        yield Bank(Path(folder))


def parquet(columns: dict[str, object], **options: object) -> bytes:
    """A Parquet file whose pages carry checksums."""
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer, write_page_checksum=True, **options)
    return buffer.getvalue()


def departments(count: int = 2, **options: object) -> bytes:
    """A good Parquet file of departments."""
    return parquet({"department_id": [f"D{n}" for n in range(count)], "business_line": ["retail"] * count}, **options)


def footer_start(content: bytes) -> int:
    """Where the footer of a Parquet file begins."""
    return len(content) - 8 - struct.unpack("<I", content[-8:-4])[0]


def with_false_row_count(content: bytes) -> bytes:
    """A Parquet file of 300 rows whose footer claims 301."""
    start = footer_start(content)
    count, false_count = b"\x16\xd8\x04", b"\x16\xda\x04"
    assert count in content[start:]
    return content[:start] + content[start:].replace(count, false_count, 1)


PEOPLE = f"张三,individual,{ID_NUMBER},13800138000,B1\n"
CHINESE_ROWS = "".join(f"D{n},部门第{n}号,retail\n" for n in range(20))

# file, content, what the one refusal must say
REFUSED = {
    "an empty file": ("departments.csv", b"", "the file is empty; deliver it with a header line"),
    "no header": (
        "customers.csv",
        f"C1,{PEOPLE}",
        "line 1: no column customer_id, party_type, branch_id; the first line must name",
    ),
    "an empty first line": ("departments.csv", "\n" + HEADER, "line 1: no column names"),
    "a byte order mark alone": ("departments.csv", b"\xef\xbb\xbf", "line 1: no column names"),
    "no required column": (
        "departments.csv",
        "department_id,department_name\nD1,x\n",
        "line 1: no column business_line",
    ),
    "another separator": (
        "departments.csv",
        "department_id;business_line\nD1;retail\n",
        "line 1: no column department_id, business_line",
    ),
    "a column name twice": (
        "departments.csv",
        "department_id,business_line, Department_ID\n",
        "line 1: the column name in field 1 stands twice",
    ),
    "two columns without a name": (
        "departments.csv",
        "department_id,business_line,,\n",
        "line 1: the column name in field 3 stands twice",
    ),
    "a field too many": (
        "departments.csv",
        HEADER + "D1,x,retail\nD2,y,retail,\n",
        "line 3: 4 fields where the header has 3",
    ),
    "a field too few": (
        "departments.csv",
        HEADER + "D1,x,retail\nD2,retail\nD3,x,retail\n",
        "line 3: 2 fields where the header has 3",
    ),
    "a field too few behind line breaks in values": (
        "departments.csv",
        HEADER + 'D1,"a\nb\n\nc",retail\nD2,"a\r\nb",retail\n\nD3,retail\nD4,x,retail\n',
        "line 9: 2 fields where the header has 3",
    ),
    "a field too few behind a very long value": (
        "departments.csv",
        HEADER + f"D1,{'x' * 200_000},retail\nD2,retail\n",
        "line 3: 2 fields",
    ),
    "a field too few in Windows lines": (
        "departments.csv",
        HEADER + "D1,x,retail\r\n\r\nD2,retail\r\n",
        "line 4: 2 fields",
    ),
    "a column more from the middle on": (
        "departments.csv",
        HEADER + "".join(f"D{n},x,retail\n" for n in range(50)) + "".join(f"D{n},x,retail,0\n" for n in range(50, 99)),
        "line 52: 4 fields where the header has 3",
    ),
    "a last line of blanks": (
        "departments.csv",
        HEADER + "D1,x,retail\n   ",
        "line 3: 1 fields where the header has 3",
    ),
    "an end of file mark": ("departments.csv", HEADER + "D1,x,retail\n\x1a", "line 3: 1 fields where the header has 3"),
    "a stray quote": (
        "departments.csv",
        HEADER + 'D1,x,retail\nD2,5" pipes,retail\n',
        "line 3: a quote inside an unquoted value",
    ),
    "two stray quotes": (
        "departments.csv",
        HEADER + 'D1,the "best" one,retail\n',
        "line 2: a quote inside an unquoted value",
    ),
    "a blank before a quote": (
        "departments.csv",
        HEADER + 'D1, "x",retail\n',
        "line 2: a quote inside an unquoted value",
    ),
    "text after a closing quote": (
        "departments.csv",
        HEADER + 'D1,x,retail\nD2,"x"y,retail\n',
        "line 3: text after a closing quote",
    ),
    "a blank after a closing quote": (
        "departments.csv",
        HEADER + 'D1,"x" ,retail\n',
        "line 2: text after a closing quote",
    ),
    "an unclosed quote at the end": (
        "departments.csv",
        HEADER + 'D1,x,retail\nD2,"x,retail\nD3,x,retail\n',
        "line 3: a quoted value is never closed",
    ),
    "an unclosed quote in the middle": (
        "departments.csv",
        HEADER + 'D1,"x,retail\nD2,"y",retail\n',
        "line 3: text after a closing quote, or a quoted value before it that was never closed",
    ),
    "an unclosed quote in the header": (
        "departments.csv",
        '"department_id,business_line\nD1,retail\n',
        "line 1: a quoted value is never closed",
    ),
    "a NUL byte": ("departments.csv", HEADER + "D1,x,retail\nD2,\0,retail\n", "line 3: a NUL byte"),
    "UTF-16": (
        "departments.csv",
        (HEADER + "D1,x,retail\n").encode("utf-16"),
        "UTF-16; deliver the file again without, in UTF-8 or GB18030",
    ),
    "UTF-8 with a broken byte": (
        "departments.csv",
        (HEADER + CHINESE_ROWS).encode().replace("第7".encode(), b"\xe7\xac7"),
        "line 9: byte 0xe7 is not UTF-8 text",
    ),
    "UTF-8 whose broken bytes are GB18030 text": (
        "departments.csv",
        (HEADER + CHINESE_ROWS).encode().replace("第7".encode(), "汉".encode("gb18030")),
        "line 9: byte 0xba is not UTF-8 text",
    ),
    "UTF-8 with a broken byte far from its other characters": (
        "departments.csv",
        (HEADER + CHINESE_ROWS + "D,x,retail\n" * 200_000).encode() + b"D,\xe5\xb2,retail\n",
        "line 200022: byte 0xe5 is not UTF-8 text",
    ),
    "marked UTF-8 with a broken byte": (
        "departments.csv",
        ("\ufeff" + HEADER).encode() + b"D1,\xba\xba,retail\n",
        "line 2: byte 0xba is not UTF-8 text",
    ),
    "GB18030 with a broken byte": (
        "departments.csv",
        (HEADER + CHINESE_ROWS).encode("gb18030").replace("第7".encode("gb18030"), b"\xff7"),
        "line 9: byte 0xff is not GB18030 text",
    ),
    "lines that end in a carriage return": (
        "departments.csv",
        HEADER.replace("\n", "\r") + "D1,x,retail\r",
        "line 1: lines end in a lone carriage return",
    ),
    "an empty Parquet file": ("departments.parquet", b"", "no readable Parquet file"),
    "a truncated Parquet file": ("departments.parquet", departments()[:-9], "no readable Parquet file"),
    "a CSV file that calls itself Parquet": (
        "departments.parquet",
        HEADER + "D1,x,retail\n",
        "no readable Parquet file",
    ),
    "a damaged Parquet page": (
        "departments.parquet",
        departments(compression="none").replace(b"retail", b"rexail", 1),
        "damaged Parquet data",
    ),
    "a damaged name in a Parquet footer": (
        "departments.parquet",
        departments().replace(b"department_id", b"department_\xe5d"),
        "no readable Parquet file",
    ),
    "a Parquet footer that claims other rows": (
        "departments.parquet",
        with_false_row_count(departments(300)),
        "damaged Parquet data (300 of 301 rows can be read)",
    ),
    "a nested Parquet column": (
        "departments.parquet",
        parquet({"department_id": ["D1"], "business_line": [["retail"]]}),
        "column business_line is nested",
    ),
    "a Parquet column twice": (
        "departments.parquet",
        parquet({"department_id": ["D1"], "business_line": ["retail"], "Business_Line": ["retail"]}),
        "a column name stands twice",
    ),
    "no required column in Parquet": (
        "departments.parquet",
        parquet({"department_id": ["D1"]}),
        "no column business_line",
    ),
    "bytes in a Parquet column": (
        "departments.parquet",
        parquet({"department_id": [b"\xff\xfe"], "business_line": ["retail"]}),
        "column department_id holds bytes that are not UTF-8 text",
    ),
    "a NUL character in Parquet": (
        "departments.parquet",
        parquet({"department_id": ["D\0"], "business_line": ["retail"]}),
        "column department_id holds a NUL character",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_file_is_refused_with_one_clear_line(bank: Bank, case: str) -> None:
    name, content, words = REFUSED[case]
    bank.deliver({name: content})
    report = bank.land()
    (refusal,) = report.refusals
    assert refusal.startswith(f"{DAY}/{name}: ")
    assert words in refusal
    assert "deliver" in refusal or "close" in refusal or "quote" in refusal or "name" in refusal
    assert "\n" not in refusal and len(refusal) < 400
    assert ID_NUMBER not in refusal and "张三" not in refusal
    assert report.landed == []
    assert bank.paths() == set()


def test_a_row_that_no_block_holds_is_refused(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_file, "CHUNK", 1 << 20)
    bank.deliver({"departments.csv": HEADER + f"D1,{ID_NUMBER * 200_000},retail\n"})
    (refusal,) = bank.land().refusals
    assert refusal == f"{DAY}/departments.csv: a row is longer than 1 MB; deliver the file again with shorter values"


D1 = {"department_id": ["D1"], "department_name": ["x"], "business_line": ["retail"]}

# content, columns as archived, encoding
LANDED = {
    "a header alone": (HEADER, {name: [] for name in D1}, "utf-8"),
    "a header without its line end": (HEADER.strip(), {name: [] for name in D1}, "utf-8"),
    "a header and blank lines": (HEADER + "\n\r\n\n", {name: [] for name in D1}, "utf-8"),
    "no line end at the end": (HEADER + "D1,x,retail", D1, "utf-8"),
    "a quoted value at the end": (HEADER + 'D1,x,"retail"', D1, "utf-8"),
    "blank lines at the end": (HEADER + "D1,x,retail\n\n\n", D1, "utf-8"),
    "blank lines between the rows": (HEADER + "\n\nD1,x,retail\n\r\n", D1, "utf-8"),
    "Windows lines": (HEADER.replace("\n", "\r\n") + "D1,x,retail\r\n", D1, "utf-8"),
    "mixed line ends": (
        HEADER + "D1,x,retail\r\nD2,y,retail\nD3,z,retail\r\n",
        {"department_id": ["D1", "D2", "D3"], "department_name": ["x", "y", "z"], "business_line": ["retail"] * 3},
        "utf-8",
    ),
    "a byte order mark": ("\ufeff" + HEADER + "D1,x,retail\n", D1, "utf-8"),
    "a byte order mark before a quoted name": (
        "\ufeff" + '"department_id",department_name,business_line\nD1,x,retail\n',
        D1,
        "utf-8",
    ),
    "a mark that begins the first value": (
        HEADER + "\ufeffD1,x,retail\n",
        {**D1, "department_id": ["\ufeffD1"]},
        "utf-8",
    ),
    "GB18030": ((HEADER + "D1,岚江𠮷,retail\n").encode("gb18030"), {**D1, "department_name": ["岚江𠮷"]}, "gb18030"),
    "GB18030 in the header": (
        "department_id,business_line,备注\nD1,retail,无\n".encode("gb18030"),
        {"department_id": ["D1"], "business_line": ["retail"], "unknown__备注": ["无"]},
        "gb18030",
    ),
    "upper-case and padded names": (
        " Department_ID ,DEPARTMENT_NAME,\u3000business_line\t\nD1,x,retail\n",
        D1,
        "utf-8",
    ),
    "quoted names": ('"department_id","department_name","business_line"\nD1,x,retail\n', D1, "utf-8"),
    "columns in another order": ("business_line,department_name,department_id\nretail,x,D1\n", D1, "utf-8"),
    "no optional column": (
        "department_id,business_line\nD1,retail\n",
        {"department_id": ["D1"], "business_line": ["retail"]},
        "utf-8",
    ),
    "a quoted line break": (HEADER + 'D1,"a\nb\r\nc",retail\n', {**D1, "department_name": ["a\nb\r\nc"]}, "utf-8"),
    "a quoted comma": (HEADER + 'D1,"a,b",retail\n', {**D1, "department_name": ["a,b"]}, "utf-8"),
    "doubled quotes": (
        HEADER + 'D1,"the ""best"" one",retail\n',
        {**D1, "department_name": ['the "best" one']},
        "utf-8",
    ),
    "nothing but a doubled quote": (HEADER + 'D1,"""",retail\n', {**D1, "department_name": ['"']}, "utf-8"),
    "an empty quoted value": (HEADER + 'D1,"",retail\n', {**D1, "department_name": [""]}, "utf-8"),
    "blanks around values": (HEADER + "D1,  x\u3000,retail\n", {**D1, "department_name": ["  x\u3000"]}, "utf-8"),
    "leading zeros": (
        HEADER + "007,00012345678901234567890,retail\n",
        {**D1, "department_id": ["007"], "department_name": ["00012345678901234567890"]},
        "utf-8",
    ),
    "words that look like nothing": (
        HEADER + "NULL,NaN,N/A\n",
        {"department_id": ["NULL"], "department_name": ["NaN"], "business_line": ["N/A"]},
        "utf-8",
    ),
    "a row of empty values": (HEADER + ",,\n", {name: [""] for name in D1}, "utf-8"),
    "a value of 200 kB": (HEADER + f"D1,{'x' * 200_000},retail\n", {**D1, "department_name": ["x" * 200_000]}, "utf-8"),
    "an unknown column": (
        "department_id,business_line,floor\nD1,retail,3\n",
        {"department_id": ["D1"], "business_line": ["retail"], "unknown__floor": ["3"]},
        "utf-8",
    ),
    "a column name over two lines": (
        'department_id,"floor\n(of 9)",business_line\nD1,3,retail\n',
        {"department_id": ["D1"], "business_line": ["retail"], "unknown__floor\n(of 9)": ["3"]},
        "utf-8",
    ),
}


@pytest.mark.parametrize("case", LANDED)
def test_a_good_csv_file_lands_as_it_is(bank: Bank, case: str) -> None:
    content, columns, encoding = LANDED[case]
    file = bank.land_one("departments.csv", content)
    assert bank.archived(file) == columns
    assert (file.encoding, file.row_count) == (encoding, len(columns["department_id"]))


def test_values_across_the_blocks_of_a_large_file_land_as_they_are(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bug it looks for: a parser that loses its place, or a line feed, where one block of a file ends."""
    rows = [[f"D{n}", "\r\n" * (n % 7) + "岚\r\n江" * (n % 3) + '"', "retail"] for n in range(400)]
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([HEADER.strip().split(","), *rows])
    for chunk in range(256, 300):
        monkeypatch.setattr(csv_file, "CHUNK", chunk)
        encoding = ("utf-8", "gb18030")[chunk % 2]
        with new_bank() as other:
            archived = other.archived(other.land_one("departments.csv", text.getvalue().encode(encoding)))
        assert list(map(list, zip(*archived.values(), strict=True))) == rows


WARNED = {
    "an unknown column": (
        {"departments.csv": "department_id,business_line,floor\n"},
        f"{DAY}/departments.csv: column floor is not in the contract",
    ),
    "a value among the column names": (
        {"departments.csv": f"department_id,business_line,{ID_NUMBER}\n"},
        f"{DAY}/departments.csv: column number 3 is not in the contract",
    ),
    "a passport number among the column names": (
        {"departments.csv": "department_id,business_line,E12345678\n"},
        f"{DAY}/departments.csv: column number 3 is not in the contract",
    ),
    "a column without a name": (
        {"departments.csv": "department_id,business_line,\n"},
        f"{DAY}/departments.csv: column number 3",
    ),
    "an unknown file": ({"departments.csv": HEADER, "readme.txt": "hello"}, f"{DAY}/readme.txt: not landed"),
    "an unknown extract": ({"departments.csv": HEADER, "divisions.csv": HEADER}, f"{DAY}/divisions.csv: not landed"),
    "an unknown suffix": ({"departments.csv": HEADER, "employees.xlsx": b"PK"}, f"{DAY}/employees.xlsx: not landed"),
    "a part that is no Parquet": (
        {"departments/a.parquet": departments(), "departments/_SUCCESS": b""},
        f"{DAY}/departments/_SUCCESS: not landed",
    ),
    "a directory that calls itself a part": (
        {"departments/a.parquet": departments(), "departments/b.parquet/c.parquet": departments()},
        f"{DAY}/departments/b.parquet: not landed",
    ),
    "a file outside any batch": (
        {"departments.csv": HEADER, "../departments.csv": HEADER},
        "departments.csv: not landed; put it into a directory",
    ),
}


@pytest.mark.parametrize("case", WARNED)
def test_what_is_not_used_is_named_in_a_warning_and_the_rest_lands(bank: Bank, case: str) -> None:
    files, words = WARNED[case]
    bank.deliver(files)
    report = bank.land()
    assert report.refusals == []
    (warning,) = report.warnings
    assert warning.startswith(words)
    assert ID_NUMBER not in warning and "12345678" not in warning
    assert [file.extract for file in report.landed] == ["departments"]


def test_an_empty_directory_of_parts_is_named_in_a_warning(bank: Bank) -> None:
    bank.deliver({"departments.csv": HEADER})
    (bank.inbox / f"batch_date={DAY}" / "employees").mkdir()
    (warning,) = bank.land().warnings
    assert warning == f"{DAY}/employees: not landed; the directory is empty"


def test_hidden_files_are_nobodys_business(bank: Bank) -> None:
    bank.deliver({"departments.csv": HEADER, ".DS_Store": b"\0", ".departments.csv.part": b'"'})
    report = bank.land()
    assert (report.refusals, report.warnings, len(report.landed)) == ([], [], 1)


@pytest.mark.parametrize(
    "unknown", ["balance__typed", "batch_date", "row_number", "file_name", '"interest_rate,branch_id"']
)
def test_an_unknown_column_never_passes_for_another(bank: Bank, unknown: str) -> None:
    """The bug it looks for: a delivered column whose name the archive uses itself replaces the real one in staging."""
    bank.land_one("deposit_balances.csv", f"account_id,balance_date,balance,{unknown}\nA1,2026-10-31,5.00,7\n")
    with duckdb.connect() as connection:
        bank.archive.register(connection)
        rows = connection.execute(
            "select batch_date, file_name, row_number, account_id, balance, balance__typed, interest_rate "
            "from landing.deposit_balances"
        ).fetchall()
    assert rows == [(date(2026, 10, 31), "deposit_balances.csv", 1, "A1", "5.00", None, None)]


DAYS = [date(2026, 10, 31), None, date(1, 1, 1)]
AMOUNTS = [Decimal("1.20"), None, Decimal("-9999999999999999.99")]
FLOATS = [5.0, 0.1 + 0.2, float("nan"), 1e20, float("inf"), 12345678901.25, 1e-7, None]
FLOAT_TEXTS = ["5", "0.30000000000000004", "nan", "100000000000000000000", "inf", "12345678901.25", "0.0000001", None]

# delivered column of deposit_balances, what the archive holds, whether it is kept typed
TYPED = {
    "date32": ("balance_date", pa.array(DAYS), DAYS, True),
    "date64": ("balance_date", pa.array([date(2026, 10, 31)], pa.date64()), [date(2026, 10, 31)], True),
    "timestamp at midnight": ("balance_date", pa.array([datetime(2026, 10, 31), None]), ["2026-10-31", None], False),
    "nanoseconds before 1970": (
        "balance_date",
        pa.array([datetime(1949, 10, 1)], pa.timestamp("ns")),
        ["1949-10-01"],
        False,
    ),
    "timestamp not at midnight": (
        "balance_date",
        pa.array([datetime(2026, 10, 31, 8)]),
        ["2026-10-31 08:00:00.000000"],
        False,
    ),
    "timestamp with a zone": (
        "balance_date",
        pa.array([datetime(2026, 10, 31)], pa.timestamp("ms", "UTC")),
        ["2026-10-31 00:00:00.000Z"],
        False,
    ),
    "time of day": ("balance_date", pa.array([time(8)]), ["08:00:00.000000"], False),
    "decimal of the contract": ("balance", pa.array(AMOUNTS, pa.decimal128(18, 2)), AMOUNTS, True),
    "smaller decimal": ("balance", pa.array([Decimal("1.2")], pa.decimal128(9, 1)), [Decimal("1.20")], True),
    "larger decimal": ("balance", pa.array([Decimal("1.20")], pa.decimal128(38, 2)), ["1.20"], False),
    "decimal with scale 4": (
        "balance",
        pa.array([Decimal("1.2000"), Decimal("1.2345")], pa.decimal128(18, 4)),
        ["1.2000", "1.2345"],
        False,
    ),
    "decimal with scale 10": (
        "balance",
        pa.array([Decimal(0), Decimal("-0.05"), Decimal("1e-9"), None], pa.decimal128(38, 10)),
        ["0.0000000000", "-0.0500000000", "0.0000000010", None],
        False,
    ),
    "wide decimal": (
        "balance",
        pa.array([Decimal(0), Decimal("1e40")], pa.decimal256(60, 8)),
        ["0.00000000", "1" + "0" * 40 + ".00000000"],
        False,
    ),
    "float64": ("balance", pa.array(FLOATS), FLOAT_TEXTS, False),
    "float32": ("balance", pa.array([1.1, 1e12], pa.float32()), ["1.1", "1000000000000"], False),
    "int32": ("balance", pa.array([5, None], pa.int32()), [Decimal("5.00"), None], True),
    "int64": ("balance", pa.array([5, 2**63 - 1, None]), ["5", "9223372036854775807", None], False),
    "bool": ("balance", pa.array([True, False, None]), ["true", "false", None], False),
    "text": ("account_id", pa.array(["007", None, ""]), ["007", None, ""], False),
    "large text": ("account_id", pa.array(["007"], pa.large_string()), ["007"], False),
    "bytes of UTF-8": ("account_id", pa.array(["岚".encode()]), ["岚"], False),
    "numbers as ids": ("account_id", pa.array([7]), ["7"], False),
    "dictionary of text": (
        "account_id",
        pa.array(["007", "008", "007", None]).dictionary_encode(),
        ["007", "008", "007", None],
        False,
    ),
    "dictionary of dates": ("balance_date", pa.array(DAYS).dictionary_encode(), DAYS, True),
    "nothing at all": ("balance", pa.nulls(2), [None, None], False),
}


@pytest.mark.parametrize("case", TYPED)
def test_a_typed_parquet_column_lands_without_losing_a_digit(bank: Bank, case: str) -> None:
    name, delivered, values, is_typed = TYPED[case]
    columns = dict.fromkeys(["account_id", "balance_date", "balance"], pa.nulls(len(delivered), pa.string()))
    file = bank.land_one("deposit_balances.parquet", parquet({**columns, name: delivered}))
    archived = bank.archived(file)
    shown = [value.isoformat() if isinstance(value, date) and not is_typed else value for value in values]
    assert archived[name + "__typed" * is_typed] == shown
    assert (file.typed_columns, file.encoding) == (name * is_typed, "parquet")


def test_an_unknown_parquet_column_may_be_of_any_type(bank: Bank) -> None:
    """The bug it looks for: a value that Python cannot hold, which ends the landing of all files."""
    moment = pa.array([[1], None], pa.list_(pa.timestamp("ns")))
    columns = {
        **{"department_id": ["D1", "D2"], "business_line": ["retail", "retail"], "floor": [3, None]},
        **{"staff": [["王", None], None], "mark": [b"\xff\0", None], "seen": moment, "kinds": [list(range(99))] * 2},
        "far": pa.array([[10**7], [0]], pa.list_(pa.date32())),
    }
    archived = bank.archived(bank.land_one("departments.parquet", parquet(columns)))
    assert archived["unknown__floor"] == ["3", None]
    assert "王" in archived["unknown__staff"][0] and "FF00" in archived["unknown__mark"][0]
    assert "1970-01-01" in archived["unknown__seen"][0] and "...," not in archived["unknown__kinds"][0]
    assert [archived[f"unknown__{name}"][1] for name in ("staff", "mark", "seen")] == [None] * 3
    assert archived["unknown__far"][0]


def test_a_parquet_file_without_rows_lands(bank: Bank) -> None:
    file = bank.land_one("departments.parquet", departments(0))
    assert (file.row_count, file.landed_columns) == (0, "department_id,business_line")
    assert bank.archived(file) == {"department_id": [], "business_line": []}


def test_parts_of_different_columns_and_types_land_as_one_extract(bank: Bank) -> None:
    days = pa.array([date(2026, 10, 30)])
    bank.deliver(
        {
            "deposit_balances/a.parquet": parquet({"account_id": ["1"], "balance_date": days, "balance": ["1,000.50"]}),
            "deposit_balances/b.parquet": parquet(
                {
                    "balance": pa.array([Decimal("2.00")]).cast(pa.decimal128(18, 2)),
                    "account_id": ["2"],
                    "balance_date": ["20261030"],
                    "interest_rate": ["0.01"],
                }
            ),
            "deposit_balances/c.parquet": parquet(
                {
                    "account_id": pa.array([], pa.string()),
                    "balance_date": days[:0],
                    "balance": pa.array([], pa.float64()),
                }
            ),
        }
    )
    report = bank.land()
    assert (report.refusals, report.warnings) == ([], [])
    assert [(file.file_name, file.row_count, file.money_total) for file in report.landed] == [
        ("deposit_balances/a.parquet", 1, Decimal("1000.50")),
        ("deposit_balances/b.parquet", 1, Decimal("2.00")),
        ("deposit_balances/c.parquet", 0, Decimal(0)),
    ]
    with duckdb.connect() as connection:
        bank.archive.register(connection)
        rows = connection.execute(
            "select account_id, balance, balance__typed, balance_date, balance_date__typed, interest_rate "
            "from landing.deposit_balances order by 1"
        ).fetchall()
    assert rows == [
        ("1", "1,000.50", None, None, date(2026, 10, 30), None),
        ("2", None, Decimal("2.00"), "20261030", None, "0.01"),
    ]


@pytest.mark.parametrize(
    "files",
    [
        {"departments.csv": HEADER, "departments.parquet": departments()},
        {"departments.parquet": departments(), "departments/a.parquet": departments()},
        {"departments.csv": HEADER, "departments/a.parquet": departments()},
    ],
    ids=lambda files: " and ".join(files),
)
def test_an_extract_delivered_twice_in_a_batch_is_refused(bank: Bank, files: dict) -> None:
    bank.deliver(files)
    (refusal,) = bank.land().refusals
    assert refusal.startswith(f"{DAY}/departments: delivered more than once") and refusal.endswith("keep one of them")
    assert all(name in refusal for name in files)
    assert bank.paths() == set()


@pytest.mark.parametrize(
    "folder",
    ["batch_date=2026-02-30", "batch_date=20261031", "batch_date=2026-10", "2026-10-31", "batch_date=２０２６-10-31"],
)
def test_a_directory_that_names_no_day_is_refused_and_the_batches_land(bank: Bank, folder: str) -> None:
    bank.deliver({"departments.csv": HEADER})
    (bank.inbox / folder).mkdir()
    report = bank.land()
    assert report.refusals == [f"{folder}: no batch; name the directory batch_date=YYYY-MM-DD"]
    assert len(report.landed) == 1


def test_a_missing_inbox_is_refused(bank: Bank) -> None:
    (refusal,) = bank.land().refusals
    assert refusal.startswith(f"inbox {bank.inbox}: no such directory; set BANKMART_INBOX")


def test_an_inbox_without_a_batch_is_refused(bank: Bank) -> None:
    bank.inbox.mkdir()
    (refusal,) = bank.land().refusals
    assert refusal == f"inbox {bank.inbox}: no batch_date=YYYY-MM-DD directory with extracts in it"


def test_a_bad_file_holds_back_its_whole_batch_and_nothing_else(bank: Bank) -> None:
    bank.deliver({"departments.csv": HEADER + "D1,x,retail\n"}, "2026-08-31")
    bank.deliver(
        {
            "branches.csv": "branch_id,branch_level\nB1,outlet\n",
            "departments.csv": HEADER + "D1,x\n",
            "employees.csv": b"",
            "referrals.parquet": b"PAR1",
            "visits.csv": "visit_id,customer_id,visitor_role,visit_date\nV1,C1,president,2026-09-01\n",
        },
        "2026-09-30",
    )
    bank.deliver({"departments.csv": HEADER + "D1,y,retail\n"}, DAY)
    report = bank.land()
    assert [refusal.split(": ")[0] for refusal in report.refusals] == [
        "2026-09-30/departments.csv",
        "2026-09-30/employees.csv",
        "2026-09-30/referrals.parquet",
    ]
    assert [str(day) for day in report.batch_dates] == ["2026-08-31", DAY]
    assert {(str(file.batch_date), file.extract) for file in bank.archive.files()} == {
        ("2026-08-31", "departments"),
        (DAY, "departments"),
    }
    assert bank.paths() == {"manifest.parquet", *(file.archive_path for file in report.landed)}


def test_a_mended_batch_lands(bank: Bank) -> None:
    bank.deliver({"departments.csv": HEADER + "D1\n", "branches.csv": "branch_id,branch_level\nB1,outlet\n"})
    assert len(bank.land().refusals) == 1
    bank.deliver({"departments.csv": HEADER + "D1,x,retail\n"})
    report = bank.land()
    assert (report.refusals, len(report.landed)) == ([], 2)


def test_the_same_file_again_changes_nothing(bank: Bank) -> None:
    bank.deliver(
        {
            "departments.csv": HEADER + "D1,x,retail\n",
            "branches/a.parquet": parquet({"branch_id": ["B1"], "branch_level": ["outlet"]}),
        }
    )
    bank.land()
    manifest = (bank.archive.root / "manifest.parquet").read_bytes()
    for _ in range(2):
        report = bank.land()
        assert (report.refusals, report.warnings, report.landed, report.unchanged_count) == ([], [], [], 2)
    for path in bank.inbox.rglob("*.*"):
        os.utime(path, (1, 1))
    assert bank.land().unchanged_count == 2
    assert (bank.archive.root / "manifest.parquet").read_bytes() == manifest


def test_a_file_withdrawn_from_the_inbox_stays_landed(bank: Bank) -> None:
    bank.deliver({"departments.csv": HEADER + "D1,x,retail\n", "branches.csv": "branch_id,branch_level\nB1,outlet\n"})
    bank.land()
    (bank.inbox / f"batch_date={DAY}" / "departments.csv").unlink()
    assert bank.land().refusals == []
    assert {file.extract for file in bank.archive.current_files()} == {"branches", "departments"}


def test_a_changed_file_is_refused_by_name_with_the_command_that_lands_it(bank: Bank) -> None:
    first = bank.land_one("departments.csv", HEADER + "D1,x,retail\n")
    bank.deliver({"departments.csv": HEADER + "D1,y,retail\n", "branches.csv": "branch_id,branch_level\nB1,outlet\n"})
    report = bank.land()
    (refusal,) = report.refusals
    assert refusal.startswith(f"{DAY}/departments: changed after it was landed on {first.landed_at:%Y-%m-%d %H:%M} UTC")
    assert refusal.endswith(f"bankmart land --supersede {DAY}/departments")
    assert report.landed == []
    assert bank.archive.files() == [first]


def test_superseding_keeps_the_old_delivery_and_can_be_taken_back(bank: Bank) -> None:
    first_text, second_text = HEADER + "D1,x,retail\n", HEADER + "D1,y,retail\nD2,z,retail\n"
    first = bank.land_one("departments.csv", first_text)
    bank.deliver({"departments.csv": second_text})
    (second,) = bank.land(f"{DAY}/departments").landed
    assert {(file.sha256, file.is_current) for file in bank.archive.files()} == {
        (first.sha256, False),
        (second.sha256, True),
    }
    assert [file.sha256 for file in bank.archive.current_files()] == [second.sha256]
    assert bank.archived(first)["department_name"] == ["x"]
    assert bank.archived(second)["department_name"] == ["y", "z"]
    assert bank.land(f"{DAY}/departments").unchanged_count == 1

    bank.deliver({"departments.csv": first_text})
    assert len(bank.land().refusals) == 1
    (again,) = bank.land(f"{DAY}/departments").landed
    assert again.sha256 == first.sha256
    assert {(file.sha256, file.is_current) for file in bank.archive.files()} == {
        (first.sha256, True),
        (second.sha256, False),
    }
    assert bank.archived(second)["department_name"] == ["y", "z"]


def test_a_delivery_in_another_format_may_supersede(bank: Bank) -> None:
    old = bank.land_one("departments.csv", HEADER + "D1,x,retail\n")
    (bank.inbox / f"batch_date={DAY}" / "departments.csv").unlink()
    bank.deliver({"departments/a.parquet": departments(3), "departments/b.parquet": departments(4)})
    assert len(bank.land().refusals) == 1
    assert len(bank.land(f"{DAY}/departments").landed) == 2
    assert [file.row_count for file in bank.archive.current_files()] == [3, 4]
    assert not next(file for file in bank.archive.files() if file.sha256 == old.sha256).is_current


def test_a_refused_file_supersedes_nothing(bank: Bank) -> None:
    first = bank.land_one("departments.csv", HEADER + "D1,x,retail\n")
    bank.deliver({"departments.csv": HEADER + "D1\n"})
    (refusal,) = bank.land(f"{DAY}/departments").refusals
    assert "line 2: 1 fields" in refusal
    assert bank.archive.files() == [first]


def test_superseding_what_nobody_delivered_is_refused(bank: Bank) -> None:
    bank.deliver({"departments.csv": HEADER})
    report = bank.land("2026-10-30/departments")
    assert report.refusals == [
        "--supersede 2026-10-30/departments: the inbox has no such delivery; name it as batch date/extract"
    ]


def test_a_part_added_later_is_a_change(bank: Bank) -> None:
    bank.deliver({"departments/a.parquet": departments(2)})
    bank.land()
    bank.deliver({"departments/b.parquet": departments(3)})
    (refusal,) = bank.land().refusals
    assert f"--supersede {DAY}/departments" in refusal
    assert len(bank.land(f"{DAY}/departments").landed) == 2
    assert [(file.file_name, file.is_current) for file in bank.archive.files()] == [
        ("departments/a.parquet", True),
        ("departments/b.parquet", True),
    ]


def test_parts_of_equal_content_land_both(bank: Bank) -> None:
    bank.deliver({"departments/a.parquet": departments(2), "departments/b.parquet": departments(2)})
    bank.land()
    assert sum(file.row_count for file in bank.archive.current_files()) == 4
    assert len(bank.paths()) == 3


def test_an_extract_added_later_to_a_landed_batch_lands(bank: Bank) -> None:
    first = bank.land_one("departments.csv", HEADER + "D1,x,retail\n")
    bank.deliver({"branches.csv": "branch_id,branch_level\nB1,outlet\n"})
    report = bank.land()
    assert (report.refusals, [file.extract for file in report.landed], report.unchanged_count) == ([], ["branches"], 1)
    assert bank.archive.files() == [report.landed[0], first]


@pytest.mark.parametrize("moment", ["the digest", "the reading"])
def test_a_file_that_changes_while_it_is_landed_is_refused(
    bank: Bank, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """The bug it looks for: a manifest row with the digest of one delivery and the rows of another."""
    path = bank.inbox / f"batch_date={DAY}" / "departments.csv"
    bank.deliver({"departments.csv": HEADER + "D1,x,retail\n"})
    name = {"the digest": "sha256_of", "the reading": "write_archive"}[moment]
    original = getattr(sys.modules["bankmart.landing"], name)

    def change_afterwards(*arguments: object) -> object:
        result = original(*arguments)
        path.write_text(HEADER + "D1,another,retail\n")
        return result

    monkeypatch.setattr(f"bankmart.landing.{name}", change_afterwards)
    report = bank.land()
    assert report.refusals == [
        f"{DAY}/departments.csv: it changed while it was read; land it again once its delivery is complete"
    ]
    assert bank.paths() == set()


def test_the_manifest_says_what_landed(bank: Bank) -> None:
    text = "balance,Account_ID,balance_date,floor\n" + "".join(
        f"{amount},A1,2026-10-{day:02d},3\n"
        for day, amount in enumerate(
            [
                "1.00",
                "-0.50",
                '"1,000.00"',
                "２３４．５０",
                " 5.00 ",
                "+6",
                "",
                "abc",
                "1e3",
                '"12,34"',
                "0.001",
                "(100)",
                "99999999999999999.00",
            ],
            1,
        )
    )
    content = text.encode("gb18030")
    file = bank.land_one("deposit_balances.csv", content)
    (row,) = pq.read_table(bank.archive.root / "manifest.parquet").to_pylist()
    assert row.pop("landed_at") == file.landed_at
    assert row.pop("stamp") == file.stamp
    digest = hashlib.sha256(content).hexdigest()
    assert row == {
        "batch_date": date(2026, 10, 31),
        "extract": "deposit_balances",
        "file_name": "deposit_balances.csv",
        "sha256": digest,
        "byte_count": len(content),
        "encoding": "gb18030",
        "row_count": 13,
        "money_total": Decimal("1246.00"),
        "landed_columns": "balance,account_id,balance_date,floor",
        "typed_columns": "",
        "archive_path": f"batch_date={DAY}/deposit_balances/deposit_balances.{digest[:16]}.parquet",
        "is_current": True,
    }


@pytest.mark.parametrize(
    ("name", "content", "total"),
    [
        ("departments.csv", HEADER, None),
        (
            "referrals.csv",
            "referral_id,product_code,sold_date,quantity,lead_department_id\nR1,x,2026-10-01,5,D1\n",
            Decimal(0),
        ),
        ("referrals.csv", "referral_id,product_code,sold_date,quantity,lead_department_id,amount\n", Decimal(0)),
    ],
    ids=["no money column in the contract", "no money column in the file", "no row"],
)
def test_the_control_total_is_empty_only_where_the_contract_has_no_money(
    bank: Bank, name: str, content: str, total: Decimal | None
) -> None:
    assert bank.land_one(name, content).money_total == total


KILLED = """
import os, pkgutil, signal, sys
from pathlib import Path
from unittest import mock
from bankmart.archive import Archive
from bankmart.landing import land

target, call, inbox, archive = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), Archive(Path(sys.argv[4]))
original, calls = pkgutil.resolve_name(target), 0

def kill_at_call(*arguments, **options):
    global calls
    calls += 1
    if calls == call:
        os.kill(os.getpid(), signal.SIGKILL)
    return original(*arguments, **options)

with mock.patch(target, kill_at_call):
    land(inbox, archive)
"""


@pytest.mark.parametrize(
    ("target", "call"),
    [
        pytest.param("pyarrow.parquet.ParquetWriter.close", 1, id="in the first file"),
        pytest.param("pyarrow.parquet.ParquetWriter.close", 2, id="in the second file"),
        pytest.param("pathlib.Path.replace", 1, id="before the first rename"),
        pytest.param("pathlib.Path.replace", 2, id="between the renames"),
        pytest.param("pathlib.Path.replace", 3, id="before the manifest's rename"),
    ],
)
def test_a_killed_landing_is_landed_whole_by_the_next(bank: Bank, target: str, call: int) -> None:
    bank.deliver({"departments.csv": HEADER + "D1,x,retail\n", "branches.csv": "branch_id,branch_level\nB1,outlet\n"})
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, target, str(call), bank.inbox, bank.archive.root], check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert bank.paths() != set()
    assert bank.archive.files() == []
    report = bank.land()
    assert (report.refusals, [file.row_count for file in report.landed]) == ([], [1, 1])
    assert [next(iter(bank.archived(file).values())) for file in report.landed] == [["B1"], ["D1"]]
    assert bank.paths() == {"manifest.parquet", *(file.archive_path for file in report.landed)}


def test_rubbish_that_a_crash_left_is_swept(bank: Bank) -> None:
    file = bank.land_one("departments.csv", HEADER + "D1,x,retail\n")
    path = bank.archive.root / file.archive_path
    (bank.archive.root / "manifest.partial").write_bytes(b"half")
    path.with_suffix(".partial").write_bytes(b"half")
    path.with_name("departments.of_another_delivery.partial").write_bytes(b"half")
    assert bank.land().unchanged_count == 1
    assert bank.paths() == {"manifest.parquet", file.archive_path}


ALPHABET = "ab0,\"\n\r \t'\u3000\u00a0\u2028\x0b\x1a\ufeffé岚江😀\\;"
CELLS = st.text(st.sampled_from(ALPHABET), max_size=6) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=4
)
TABLES = st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=7)
QUOTINGS = st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])


def csv_text(rows: list[tuple], quoting: int, line_end: str) -> str:
    """Departments as Python writes them; without carriage returns where it would not quote them."""
    if line_end == "\n" and quoting == csv.QUOTE_MINIMAL:
        rows = [tuple(cell.replace("\r", "") for cell in row) for row in rows]
    text = io.StringIO(newline="")
    csv.writer(text, quoting=quoting, lineterminator=line_end).writerows([HEADER.strip().split(","), *rows])
    return text.getvalue()


def csv_rows(text: str) -> list[tuple] | None:
    """The rows that Python's strict reader finds, column names first; None where it refuses."""
    try:
        names, *rows = [tuple(row) for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row]
    except csv.Error:
        return None
    return [tuple(name.strip().lower() for name in names), *rows]


def landed_rows(content: bytes) -> list[tuple] | None:
    """The rows that landing archives, column names first; None where it refuses."""
    with new_bank() as bank:
        bank.deliver({"departments.csv": content})
        report = bank.land()
        if report.refusals:
            assert len(report.refusals) == 1
            return None
        archived = bank.archived(report.landed[0])
        names = tuple(name.removeprefix("unknown__") for name in archived)
        return [names, *zip(*archived.values(), strict=True)]


@thorough
@given(
    rows=TABLES,
    quoting=QUOTINGS,
    line_end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig"]),
    repeats=st.sampled_from([1, 40]),
    chunk=st.sampled_from([512, 1000, 1 << 24]),
)
def test_any_table_lands_value_by_value(
    rows: list, quoting: int, line_end: str, encoding: str, repeats: int, chunk: int
) -> None:
    text = csv_text(rows * repeats, quoting, line_end)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_file, "CHUNK", chunk)
        landed = landed_rows(text.encode(encoding))
    assert landed == csv_rows(text)
    assert quoting == csv.QUOTE_MINIMAL or landed[1:] == rows * repeats


@thorough
@given(
    rows=st.lists(
        st.tuples(*[st.text(st.sampled_from('岚江支行营业部汉字张王李赵\n",a1'), min_size=3, max_size=12)] * 3),
        min_size=3,
        max_size=9,
    ),
    quoting=QUOTINGS,
)
def test_any_chinese_table_lands_the_same_in_both_encodings(rows: list, quoting: int) -> None:
    """But for the few words whose GB18030 bytes are UTF-8 by chance, which nobody can tell apart."""
    text = csv_text(rows, quoting, "\n")
    misread = text.encode("gb18030").decode(errors="replace")
    assume(2 * misread.count("\ufffd") >= sum(not character.isascii() for character in misread))
    assert landed_rows(text.encode("gb18030")) == landed_rows(text.encode()) == csv_rows(text)


@thorough
@given(
    data=st.data(),
    rows=TABLES,
    quoting=QUOTINGS,
    line_end=st.sampled_from(["\n", "\r\n"]),
    junk=st.sampled_from('""",\n\r'),
)
def test_a_character_too_many_never_makes_a_silently_different_table(
    data: st.DataObject, rows: list, quoting: int, line_end: str, junk: str
) -> None:
    text = csv_text(rows, quoting, line_end)
    position = data.draw(st.integers(0, len(text)))
    broken = text[:position] + junk + text[position:]
    landed = landed_rows(broken.encode())
    assert landed is None or landed == csv_rows(broken)


@thorough
@given(
    data=st.data(),
    options=st.sampled_from(
        [{"compression": "none"}, {"compression": "zstd"}, {"use_dictionary": False}, {"data_page_version": "2.0"}]
    ),
)
def test_a_flipped_bit_in_a_parquet_page_never_makes_a_silently_different_table(
    data: st.DataObject, options: dict
) -> None:
    columns = {
        "department_id": [f"D{n}" for n in range(20)],
        "department_name": ["x"] * 20,
        "business_line": ["retail"] * 20,
    }
    content = bytearray(parquet(columns, **options))
    content[data.draw(st.integers(4, footer_start(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with new_bank() as bank:
        bank.deliver({"departments.parquet": bytes(content)})
        report = bank.land()
        assert len(report.refusals) + len(report.landed) == 1
        assert all(bank.archived(file) == columns for file in report.landed)


def written_amount(amount: Decimal, chance: random.Random) -> str:
    """An amount in one of the ways that the contract accepts."""
    sign = "-" if amount < 0 else chance.choice(["", "", "+"])
    whole, decimals = f"{abs(amount):.2f}".split(".")
    if chance.random() < 0.5:
        whole = f"{int(whole):,}"
    elif chance.random() < 0.2:
        whole = "000" + whole
    if chance.random() < 0.3:
        decimals = decimals.rstrip("0")
    text = sign + whole + ("." if decimals or chance.random() < 0.1 else "") + decimals
    if decimals and len(decimals) == 2 and chance.random() < 0.3:
        text += "0" * chance.randrange(1, 30)
    if chance.random() < 0.2:
        text = text.translate(str.maketrans("0123456789.,-+", "０１２３４５６７８９．，－＋"))
    return chance.choice(["", "", " ", "\u3000", "\t"]) + text + chance.choice(["", "", " ", "\u00a0", "\r\n"])


UNREADABLE = ["", " ", "1 000", "10000000000000000", "99999999999999999.00", "1.2.3", "1,", ",123", "٣", "五", "(100)"]
UNREADABLE += [
    "-",
    ".",
    "abc",
    "nan",
    "inf",
    "1e3",
    "1_000",
    "12,34",
    "1,2345",
    "12.345",
    "1.005",
    "--1",
    "1-",
    "¥1",
    "0x1F",
]


@thorough
@given(
    amounts=st.lists(st.decimals(Decimal("-9999999999999999.99"), Decimal("9999999999999999.99"), places=2)),
    unreadable=st.lists(st.sampled_from(UNREADABLE)),
    chance=st.randoms(use_true_random=False),
)
def test_the_control_total_is_the_sum_of_the_readable_amounts(
    amounts: list[Decimal], unreadable: list[str], chance: random.Random
) -> None:
    texts = [written_amount(amount, chance) for amount in amounts] + unreadable + [None]
    chance.shuffle(texts)
    assert control_total(pa.array(texts, pa.string())) == sum(amounts, Decimal(0))
    assert control_total(pa.array(amounts, pa.decimal128(18, 2))) == sum(amounts, Decimal(0))
