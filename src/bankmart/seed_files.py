"""Seeds read before dbt loads them: what is wrong is said with its file, row and column."""

import csv
from pathlib import Path

import duckdb

from bankmart.errors import BankmartError

NOTE = "note"


def check_encoding(folder: Path) -> None:
    """Raises BankmartError naming every seed of a folder that is not UTF-8."""
    problems = []
    for path in sorted(folder.rglob("*.csv")):
        try:
            text_of(path)
        except BankmartError as error:
            problems += error.problems
    if problems:
        raise BankmartError(*problems)


def check_seeds(seeds: list) -> None:
    """Check the files of dbt's seeds against their columns, types and keys.

    Raises BankmartError with one line for every file that has a fault, its first.
    """
    problems = []
    with duckdb.connect() as connection:
        for seed in seeds:
            path = Path(seed.root_path) / seed.original_file_path
            try:
                read_seed(connection, path, seed.config.column_types)
                check_key(connection, path, seed.config.meta["grain"])
            except BankmartError as error:
                problems += error.problems
    if problems:
        raise BankmartError(*problems)


def read_seed(connection: duckdb.DuckDBPyConnection, path: Path, types: dict[str, str]) -> None:
    """Read a seed's file into the temporary table `seed_rows`, in its columns' types and with the row of the file.

    A file may leave out the column `note`, which decides nothing. Raises BankmartError when its columns are otherwise
    not those of the seed, or a value is not of its column's type.
    """
    header = next(csv.reader(text_of(path).splitlines()), [])
    if NOTE not in header:
        types = {name: type_name for name, type_name in types.items() if name != NOTE}
    if sorted(header) != sorted(types):
        missing = [name for name in types if name not in header]
        unknown = [name for name in header if name not in types or header.count(name) > 1]
        found = f"missing: {', '.join(missing) or 'none'}; unknown or twice: {', '.join(unknown) or 'none'}"
        raise BankmartError(f"{path}: its columns must be {', '.join(types)} ({found})")
    read_text = (
        "select row_number() over () + 1 as file_row, * from read_csv($1, auto_detect = false, header = true, "
        f"delim = ',', quote = '\"', escape = '\"', columns = {dict.fromkeys(header, 'VARCHAR')})"
    )
    try:
        connection.execute(f"create or replace temp table seed_texts as {read_text}", [str(path)])
    except duckdb.Error as error:
        raise BankmartError(f"{path}: {str(error).splitlines()[0]}; give every row {len(header)} values") from None
    for column, type_name in types.items():
        is_wrong = f"try_cast({column} as {type_name}) is null"
        if type_name.lower().startswith("decimal"):
            # a cast alone would round what has more decimals than the type
            is_wrong += f" or try_cast({column} as {type_name}) <> try_cast({column} as decimal(38, 18))"
        wrong = connection.execute(
            f"select file_row, {column} from seed_texts where {column} is not null and ({is_wrong}) order by file_row"
        ).fetchone()
        if wrong:
            raise BankmartError(f"{path} row {wrong[0]}: {column} is {wrong[1]!r}; give a value of type {type_name}")
    values = ", ".join(f"cast({column} as {type_name}) as {column}" for column, type_name in types.items())
    connection.execute(f"create or replace temp table seed_rows as select file_row, {values} from seed_texts")


def text_of(path: Path) -> str:
    """The text of a seed's file. Raises BankmartError when it is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BankmartError(f"{path}: is not UTF-8; save it as CSV UTF-8") from None


def check_key(connection: duckdb.DuckDBPyConnection, path: Path, key: list[str]) -> None:
    """Raises BankmartError when two rows of `seed_rows` have one key."""
    names = ", ".join(key)
    twice = connection.execute(
        f"select min(file_row), max(file_row), {names} from seed_rows group by {names} having count(*) > 1 order by 1"
    ).fetchone()
    if twice:
        first, last, *values = twice
        shown = ", ".join(f"{name} {value}" for name, value in zip(key, values, strict=True))
        raise BankmartError(f"{path} rows {first} and {last}: both are for {shown}; keep one of them")
