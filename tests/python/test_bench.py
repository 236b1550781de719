"""The benchmark: that its peer makes the rows of the marts, and that its figures say what they claim."""

from pathlib import Path

import duckdb
import pytest

from bankmart import bench
from bankmart.bench import Bench, Cost
from bankmart.errors import BankmartError
from conftest import Warehouse


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A bank, built from all its batches, with the peer's and the limit's databases beside it."""
    one = Bench(tmp_path_factory.mktemp("bench"), 2000)
    one.prepare()
    home = one.home("night")
    Warehouse(home).run(one.inbox)
    bench.run_script(str(one.folder), str(home))
    bench.run_floor(str(one.folder), str(home))
    return one


def test_the_script_makes_the_rows_of_the_marts(measured: Bench) -> None:
    bench.check_script(measured)


def test_a_script_that_makes_other_rows_stops_the_benchmark(measured: Bench) -> None:
    with duckdb.connect(str(measured.folder / "script.duckdb")) as connection:
        connection.execute("begin")
        connection.execute("update marts.fct_customer_profits set operating_cost_amount = operating_cost_amount + 0.01")
        connection.execute("commit")
    with pytest.raises(BankmartError, match="fct_customer_profits"):
        bench.check_script(measured)


def test_the_floor_copies_every_published_table(measured: Bench) -> None:
    with duckdb.connect(str(measured.folder / "floor.duckdb"), read_only=True) as connection:
        copied = {row[0] for row in connection.execute("select table_name from duckdb_tables()").fetchall()}
    built = Warehouse(measured.home("night")).rows(
        "select schema_name || '_' || table_name from duckdb_tables() where schema_name in ('marts', 'quality')"
    )
    assert {name for (name,) in built} | {"floor_scan", "floor_aggregate"} <= copied


def test_the_inbox_before_lacks_the_last_night_alone(measured: Bench) -> None:
    before = {path.name for path in measured.inbox_before.iterdir()}
    assert {path.name for path in measured.inbox.iterdir()} - before == {"batch_date=2026-10-31"}


def test_the_copy_holds_every_row_of_either_format(measured: Bench) -> None:
    measured.write_csv()
    counts = set()
    for inbox in (measured.inbox_before, measured.csv_inbox):
        bench.copy_inbox(str(inbox), str(measured.folder / "copy"))
        counts.add(
            tuple(
                duckdb.sql(f"from read_parquet('{path}', hive_partitioning = false)").count("*").fetchall()[0][0]
                for path in sorted((measured.folder / "copy").rglob("*.parquet"))
            )
        )
    assert len(counts) == 1
    assert sum(counts.pop()) == sum(
        duckdb.sql(f"from read_parquet('{path}', hive_partitioning = false)").count("*").fetchall()[0][0]
        for path in measured.inbox_before.glob("*/*.parquet")
    )


def test_the_marts_of_the_script_are_built_without_the_others(measured: Bench) -> None:
    warehouse = Warehouse(measured.home("night"))
    counts = "select (select count(*) from marts.fct_customer_profits), (select count(*) from marts.fct_scores)"
    ((profits, scores),) = warehouse.rows(counts)
    assert min(profits, scores) > 0
    with duckdb.connect(str(warehouse.home / "bankmart.duckdb")) as connection:
        connection.execute("delete from marts.fct_customer_profits")
        connection.execute("delete from marts.fct_scores")
    assert bench.cost_of(bench.python("build_script_marts"), warehouse.home, bench.MEMORY_LIMIT).peak > 0
    assert warehouse.rows(counts) == [(profits, 0)]


def test_figures_are_taken_beyond_the_fixed_cost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build of 10 + 0.1 n seconds grows with exponent 1, and a night that costs a tenth of it is 0.1."""
    benches = [Bench(tmp_path, customers) for customers in (100, 200, 400)]
    costs = {"tiny run": 10, "tiny night": 10, "warm parse": 2, "copy": 4, "land CSV": 9, "copy CSV": 5}
    costs |= {"build of the script's marts": 30, "build in 1 GB": 55}
    for one in benches:
        size = one.customers
        costs |= {f"build {size}": 10 + 0.1 * size, f"night {size}": 10 + 0.01 * size, f"land {size}": 6}
        costs |= {f"publish {size}": 1, f"script {size}": 25, f"floor {size}": 20}
    measured = {
        label: [Cost(cpu, cpu, 0.5), Cost(3 * cpu, 3 * cpu, 0.5), Cost(cpu, cpu, 0.5)] for label, cpu in costs.items()
    }
    figures = bench.summarize(measured, benches)
    assert list(figures.values()) == pytest.approx([2.0, 1.2, 1.25, 10, 2, 0.1, 1.0, 1.1, 1.5, 1.8])
    monkeypatch.setattr(bench, "REPORT", tmp_path / "README.md")
    (tmp_path / "README.md").write_text(f"# Kept\n\n{bench.MARK}\n\nold numbers\n")
    page = bench.report(figures, measured, benches, 0.0004, 3)
    assert page.startswith("# Kept\n")
    assert "old numbers" not in page
    assert "| build | 400 | 50.0 | 50.0 | 0.50 |" in page


def test_a_scale_out_of_range_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BankmartError, match="--scale 7"):
        bench.bench(tmp_path, scale=7, repeats=1)
