"""The command: what it publishes, when it refuses, and what a crash or a second run leaves."""

import fcntl
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path

import duckdb
import pytest

from conftest import DEMO, Warehouse, write_inbox


@pytest.fixture
def warehouse(new_demo_bank) -> Warehouse:
    """A warehouse of the demo bank for this test alone."""
    return new_demo_bank()


def published_version(warehouse: Warehouse) -> str:
    return (warehouse.home / "published" / "current").readlink().name


def built_files(warehouse: Warehouse) -> list[bytes]:
    """The build as it stands on disk: the database and the receipt."""
    return [(warehouse.home / name).read_bytes() for name in ("bankmart.duckdb", "build.json")]


def test_a_second_run_changes_nothing(warehouse: Warehouse) -> None:
    before = warehouse.publication_bytes()
    result = warehouse.command("run", "--inbox", DEMO)
    assert result.returncode == 0, result.stderr
    assert "none new" in result.stdout
    assert "unchanged, version" in result.stdout
    for label in ("rows accepted", "rows quarantined", "models built", "tests passed", "seconds", "marts"):
        assert label in result.stdout
    assert warehouse.publication_bytes() == before


def test_the_publication_holds_marts_and_quality_with_comments_and_nothing_else(demo_bank: Warehouse) -> None:
    schemas = {row[0] for row in demo_bank.published_rows("select distinct schema_name from duckdb_tables()")}
    assert schemas == {"marts", "quality"}
    assert demo_bank.published_rows("select table_name from duckdb_tables() where comment is null") == []
    uncommented = demo_bank.published_rows(
        "select table_name, column_name from duckdb_columns() where comment is null and not internal"
    )
    assert uncommented == []


def test_the_publication_withholds_raw_text(demo_bank: Warehouse) -> None:
    columns = {
        row[0]
        for row in demo_bank.published_rows("select column_name from duckdb_columns() where schema_name = 'quality'")
    }
    assert "reason_codes" in columns
    assert not columns & {"raw_record", "raw_value"}


def test_no_mart_holds_floating_point_or_personal_numbers(demo_bank: Warehouse) -> None:
    columns = demo_bank.rows(
        "select table_name, column_name, data_type from duckdb_columns() "
        "where schema_name in ('marts', 'quality', 'intermediate')"
    )
    assert columns
    assert [c for c in columns if c[2] in ("DOUBLE", "FLOAT")] == []
    assert [c for c in columns if "id_number" in c[1] or "phone" in c[1]] == []
    individuals = demo_bank.published_rows(
        "select distinct customer_name from marts.dim_customers where party_type = 'individual'"
    )
    assert individuals and all(len(name) == 3 and name.endswith("**") for (name,) in individuals)


def test_the_published_file_is_read_only_and_whole(demo_bank: Warehouse) -> None:
    file = demo_bank.home / "published" / "current" / "bankmart.duckdb"
    assert file.stat().st_mode & 0o777 == 0o444
    assert [path.name for path in file.parent.iterdir()] == ["bankmart.duckdb"]


def test_readers_see_no_error_and_no_mix_through_twenty_publications(warehouse: Warehouse) -> None:
    """The bug it looks for: a reader that meets a half-written file, or rows of two publications in one connection."""
    file = warehouse.home / "published" / "current" / "bankmart.duckdb"
    seen: set[tuple] = set()
    failures: list[str] = []
    stop = threading.Event()

    def poll() -> None:
        while not stop.is_set():
            try:
                with duckdb.connect(str(file), read_only=True) as connection:
                    query = "select max(period_end_date) from marts.fct_customer_months"
                    first = connection.execute(query).fetchone()[0]
                    as_of = connection.execute(
                        "select as_of_date from quality.publications order by version desc limit 1"
                    ).fetchone()[0]
                    second = connection.execute(query).fetchone()[0]
                if not first == as_of == second:
                    failures.append(f"mix of {first}, {as_of} and {second}")
                seen.add((as_of,))
            except duckdb.Error as error:
                failures.append(str(error))
            # a reader without a pause takes a core of the two on which the next version is made
            time.sleep(0.05)

    reader = subprocess.Popen([sys.executable, __file__, str(file)], stdout=subprocess.PIPE, text=True)
    thread = threading.Thread(target=poll)
    thread.start()
    try:
        october = built_files(warehouse)
        assert warehouse.command("build", "--as-of", "2026-09-30").returncode == 0
        september = built_files(warehouse)
        for turn in range(20):
            database, receipt = september if turn % 2 == 0 else october
            (warehouse.home / "bankmart.duckdb").write_bytes(database)
            (warehouse.home / "build.json").write_bytes(receipt)
            result = warehouse.command("publish")
            assert result.returncode == 0, result.stderr
            assert "published version" in result.stdout
    finally:
        stop.set()
        thread.join()
        reader.send_signal(signal.SIGTERM)
        other_process = reader.communicate()[0]
    assert failures == []
    assert len(seen) == 2
    assert "failed" not in other_process and other_process.count("ok") > 20
    versions = [path for path in (warehouse.home / "published").iterdir() if not path.is_symlink()]
    assert len(versions) == 3


def test_threads_and_memory_change_no_row(demo_bank: Warehouse, new_warehouse) -> None:
    other = new_warehouse().run(DEMO, BANKMART_THREADS="1", BANKMART_MEMORY_LIMIT="200MB")
    assert other.mart_rows() == demo_bank.mart_rows()


def test_a_second_run_at_once_names_the_holder_and_exits_3(demo_bank: Warehouse) -> None:
    with (demo_bank.home / "lock").open("a+") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        result = demo_bank.command("run", "--inbox", DEMO)
    assert result.returncode == 3
    assert "in use by bankmart" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_database_open_elsewhere_is_named_and_exits_3(warehouse: Warehouse) -> None:
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"import duckdb, time; c = duckdb.connect('{warehouse.home}/bankmart.duckdb'); "
            "print('open', flush=True); time.sleep(60)",
        ],
        stdout=subprocess.PIPE,
    )
    try:
        holder.stdout.readline()
        result = warehouse.command("build")
    finally:
        holder.kill()
        holder.wait()
    assert result.returncode == 3
    assert "open in another program" in result.stderr
    # what was built before is what the database still holds
    assert warehouse.command("publish").returncode == 0


@pytest.mark.parametrize("delay", [3, 9])
def test_a_killed_run_leaves_readers_alone_and_the_next_run_gives_the_same_rows(
    warehouse: Warehouse, delay: float
) -> None:
    version, rows = published_version(warehouse), warehouse.mart_rows()
    process = subprocess.Popen(
        [sys.executable, "-m", "bankmart", "run", "--inbox", str(DEMO)],
        env={**os.environ, "BANKMART_HOME": str(warehouse.home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(delay)
    process.kill()
    process.wait()
    assert published_version(warehouse) == version
    assert warehouse.published_rows("select count(*) from marts.fct_customer_months")[0][0] > 0
    assert warehouse.run(DEMO).mart_rows() == rows


def test_leftovers_of_a_crashed_publish_are_removed(warehouse: Warehouse) -> None:
    published = warehouse.home / "published"
    (published / ".partial-000099").mkdir()
    (published / "000099").mkdir()
    assert warehouse.command("publish").returncode == 0
    assert not (published / ".partial-000099").exists()
    assert not (published / "000099").exists()


def test_a_failed_test_publishes_nothing_and_is_named(warehouse: Warehouse) -> None:
    """A control total that does not fit its file is a failed audit."""
    version = published_version(warehouse)
    manifest = warehouse.home / "archive" / "manifest.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            f"copy (select * replace (row_count + (extract = 'visits')::int as row_count) from '{manifest}') "
            f"to '{manifest}' (format parquet)"
        )
    result = warehouse.command("run", "--inbox", DEMO)
    assert result.returncode == 1
    assert "assert_every_landed_row_is_accounted_for" in result.stderr
    assert published_version(warehouse) == version
    assert warehouse.command("publish").returncode == 1


def test_branches_below_themselves_are_named(warehouse: Warehouse, tmp_path: Path) -> None:
    """01000 is the parent of 01100, and the next day says the opposite, too."""
    header, *rows = (DEMO / "batch_date=2026-08-31" / "branches.csv").read_text(encoding="utf-8").splitlines()
    (branch,) = [row for row in rows if row.startswith("01000,")]
    content = f"{header}\n{branch.replace(',00001,', ',01100,')}\n"
    write_inbox(tmp_path, {"2026-11-02": {"branches.csv": content}})
    result = warehouse.command("run", "--inbox", tmp_path)
    assert result.returncode == 1
    for branch_id, parent, batch in (("01000", "01100", "2026-11-02"), ("01100", "01000", "2026-08-31")):
        said = f"{branch_id} (batch {batch}) lies below itself, for its parent_branch_id {parent} belongs to it"
        assert said in result.stderr
    assert result.stderr.count("bankmart: test ") == 1
    # the sums over branches
    assert "bankmart: tests that fail on what is made of these, too: 1" in result.stderr


def test_a_full_disk_is_one_line_and_the_publication_stays(warehouse: Warehouse) -> None:
    """A file size limit stands in for a full disk: writes beyond it fail in the same way."""
    version = published_version(warehouse)
    command = f"ulimit -f 2000; trap '' XFSZ; exec {sys.executable} -m bankmart build --full-refresh"
    result = subprocess.run(
        ["bash", "-c", command],
        env={**os.environ, "BANKMART_HOME": str(warehouse.home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    (problem,) = [line for line in result.stderr.splitlines() if not line.startswith("warning: ")]
    assert problem == f"bankmart: no space left on the disk of {warehouse.home}; free some and run again"
    assert published_version(warehouse) == version


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["build"], 1, "nothing is landed"),
        (["publish"], 1, "no build that passed"),
        (["status"], 0, "nothing yet"),
        (["run", "--inbox", "/no/such/inbox"], 1, "no such directory"),
        (["run", "--as-of", "yesterday"], 2, "--as-of"),
        (["launder"], 2, "No such command"),
    ],
)
def test_wrong_use_is_answered_in_words(new_warehouse, arguments: list[str], status: int, words: str) -> None:
    result = new_warehouse().command(*arguments)
    assert result.returncode == status
    (answer,) = [line for line in result.stderr.splitlines() if not line.startswith("warning: ")] or [result.stdout]
    assert words in answer
    assert "Traceback" not in result.stderr


def test_seeds_are_loaded_again_only_where_files_or_tables_changed(warehouse: Warehouse) -> None:
    """A table that somebody changed by hand must not decide a tier because its file is the old one."""
    log = warehouse.home / "logs" / "dbt.log"
    log.unlink()
    warehouse.run(DEMO)
    assert "seed file" not in log.read_text(encoding="utf-8")
    parameters = "select * from rules.rule_parameters order by all"
    before = warehouse.rows(parameters)
    with duckdb.connect(str(warehouse.home / "bankmart.duckdb")) as connection:
        connection.execute("update rules.rule_parameters set value = value + 1")
    warehouse.run(DEMO)
    assert "seed file" in log.read_text(encoding="utf-8")
    assert warehouse.rows(parameters) == before


@pytest.mark.parametrize("limit", ["much", "4", "-1GB", "0GB", "1KB"])
def test_a_memory_limit_must_be_a_size(new_warehouse, limit: str) -> None:
    result = new_warehouse().command("status", BANKMART_MEMORY_LIMIT=limit)
    assert result.returncode == 2
    assert f"BANKMART_MEMORY_LIMIT is {limit!r}" in result.stderr


@pytest.mark.parametrize("threads", ["many", "0", "99999999999999999999"])
def test_threads_must_be_a_number(new_warehouse, threads: str) -> None:
    result = new_warehouse().command("status", BANKMART_THREADS=threads)
    assert result.returncode == 2
    assert f"BANKMART_THREADS is {threads!r}" in result.stderr


def test_a_day_years_after_the_newest_batch_is_refused(warehouse: Warehouse) -> None:
    result = warehouse.command("build", "--as-of", "2099-12-31")
    assert result.returncode == 1
    assert "--as-of 2099-12-31: more than a year after the newest batch, of 2026-10-31" in result.stderr


def test_a_file_that_the_archive_lost_is_named_and_landed_again(warehouse: Warehouse) -> None:
    """The bug it looks for: a manifest that is believed, and a file that no command brings back."""
    before = warehouse.mart_rows()
    lost = next((warehouse.home / "archive" / "batch_date=2026-10-31" / "loans").glob("*.parquet"))
    lost.unlink()
    result = warehouse.command("build")
    assert result.returncode == 1
    assert f"{lost}: lost from the archive; run bankmart land" in result.stderr
    assert "1 files landed" in warehouse.command("land", "--inbox", DEMO).stdout
    assert "0 files landed" in warehouse.command("land", "--inbox", DEMO).stdout
    warehouse.run(DEMO)
    assert warehouse.mart_rows() == before


def test_plain_dbt_finds_what_landed_last_beside_what_was_refused(new_warehouse, tmp_path: Path) -> None:
    """The bug it looks for: dbt builds from the files of the last run, or finds no files at all."""
    warehouse, inbox = new_warehouse(), tmp_path / "inbox"
    shutil.copytree(DEMO / "batch_date=2026-08-31", inbox / "batch_date=2026-08-31")
    assert warehouse.command("land", "--inbox", inbox).returncode == 0
    for batch_date in ("2026-09-30", "2026-10-31"):
        shutil.copytree(DEMO / f"batch_date={batch_date}", inbox / f"batch_date={batch_date}")
    with (inbox / "batch_date=2026-10-31" / "loans.csv").open("a", encoding="utf-8") as file:
        file.write("a short row\n")
    result = warehouse.command("land", "--inbox", inbox)
    assert result.returncode == 1
    assert "landed 2026-09-30/accounts.csv" in result.stdout
    assert "2026-10-31/" not in result.stdout
    no_tests = ("--exclude-resource-types", "test", "--exclude-resource-types", "unit_test")
    built = warehouse.dbt("build", "--select", "+base_core__accounts", *no_tests)
    assert built.returncode == 0, built.stdout
    assert warehouse.rows("select max(batch_date) from staging.base_core__accounts") == [(date(2026, 9, 30),)]


def test_a_damaged_database_or_publication_is_named_with_what_to_do(warehouse: Warehouse) -> None:
    publication = (warehouse.home / "published" / "current" / "bankmart.duckdb").resolve()
    database = warehouse.home / "bankmart.duckdb"
    for path, command, remedy in (
        (publication, "status", f"move {publication.parent} away and run bankmart publish"),
        (database, "build", "move it away and run bankmart run"),
    ):
        whole = path.read_bytes()
        path.chmod(0o644)
        path.write_bytes(whole[:9000])
        result = warehouse.command(command)
        assert result.returncode == 1
        assert f"bankmart: {path}: cannot be read" in result.stderr and remedy in result.stderr
        path.write_bytes(whole)


def test_a_home_that_is_a_file_is_refused(new_warehouse, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = new_warehouse().command("status", "--home", tmp_path / "file")
    assert result.returncode == 2
    assert "is a file; give a directory" in result.stderr


def test_a_damaged_receipt_is_none(warehouse: Warehouse) -> None:
    receipt = warehouse.home / "build.json"
    receipt.write_text(receipt.read_text(encoding="utf-8")[:300], encoding="utf-8")
    result = warehouse.command("publish")
    assert result.returncode == 1
    assert "no build that passed" in result.stderr


def test_a_day_before_the_first_batch_is_refused(warehouse: Warehouse) -> None:
    result = warehouse.command("build", "--as-of", "2020-01-01")
    assert result.returncode == 1
    assert "the first batch is of 2026-08-31" in result.stderr


def test_a_starred_extract_that_no_batch_has_is_named(new_warehouse, tmp_path: Path) -> None:
    shutil.copytree(DEMO, tmp_path / "inbox")
    for file in (tmp_path / "inbox").rglob("loans.csv"):
        file.unlink()
    result = new_warehouse().command("run", "--inbox", tmp_path / "inbox")
    assert result.returncode == 1
    assert "loans: no batch up to 2026-10-31 has this extract" in result.stderr


def test_an_extract_that_nobody_delivers_gives_empty_models(new_warehouse, tmp_path: Path) -> None:
    """Only the starred extracts, each with its header alone."""
    from bankmart.contract import extracts

    folder = tmp_path / "batch_date=2026-08-31"
    folder.mkdir()
    for extract in extracts().values():
        if extract.is_starred:
            (folder / f"{extract.name}.csv").write_text(",".join(column.name for column in extract.columns) + "\n")
    warehouse = new_warehouse().run(tmp_path)
    assert warehouse.published_rows("select count(*) from marts.fct_customer_months") == [(0,)]


def test_keys_are_looked_for_in_spans_of_months_where_rows_are_many(warehouse: Warehouse) -> None:
    """The bugs it looks for: a key that stands twice within a span, or has no month and so lies in none."""
    with duckdb.connect(str(warehouse.home / "bankmart.duckdb")) as connection:
        connection.execute("insert into marts.fct_customer_profits from marts.fct_customer_profits limit 1")
        terms = "intermediate.int_customer_profit_terms"
        connection.execute(f"insert into {terms} select * replace (null as period_month) from {terms} limit 1")
    found = {}
    for customer_months in (1, 2_000_000):
        arguments = json.dumps({"customer_months": customer_months})
        result = warehouse.dbt("run-operation", "failed_checks", "--args", arguments, BANKMART_AS_OF_DATE="2026-10-31")
        assert result.returncode == 0, result.stdout
        found[customer_months] = json.loads(re.search(r'{"check_count".*}', result.stdout)[0])
    assert found[1]["check_count"] == found[2_000_000]["check_count"]
    assert set(found[1]["failed"]) == set(found[2_000_000]["failed"])
    assert {"fct_customer_profits__grain", "int_customer_profit_terms__grain"} <= set(found[1]["failed"])
    assert len(found[1]["failed"]) == len(set(found[1]["failed"]))


if __name__ == "__main__":
    # the reader of another process: opens the publication again and again until it is told to stop
    running = True

    def end(*_: object) -> None:
        global running
        running = False

    signal.signal(signal.SIGTERM, end)
    while running:
        try:
            with duckdb.connect(sys.argv[1], read_only=True) as connection:
                connection.execute("select count(*) from marts.fct_customer_months").fetchone()
            print("ok")
        except duckdb.Error as error:
            print("failed", error)
        time.sleep(0.05)
