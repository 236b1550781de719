"""The synthetic bank: its sizes, that a seed decides it all, and that the quarantine finds exactly what was spoilt."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bankmart.contract import extracts
from bankmart.errors import BankmartError
from bankmart.generate import GeneratedBank, generate
from conftest import Warehouse

CUSTOMERS = 6000


@pytest.fixture(scope="module")
def spoilt_bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bank with every kind of error, in four batches."""
    out = tmp_path_factory.mktemp("generated") / "inbox"
    generate(out, CUSTOMERS, months=6, seed=3, errors=0.05, nights=1)
    return out


@pytest.fixture(scope="module")
def warehouse(spoilt_bank: Path, new_warehouse) -> Warehouse:
    return new_warehouse().run(spoilt_bank)


def files(inbox: Path) -> dict[str, pa.Table]:
    """The rows of every file, in their order."""
    return {str(path.relative_to(inbox)): pq.ParquetFile(path).read() for path in sorted(inbox.rglob("*.parquet"))}


def test_the_quarantine_equals_the_truth_table(spoilt_bank: Path, warehouse: Warehouse) -> None:
    truth = duckdb.sql(f"from read_csv('{spoilt_bank}.errors.csv') order by all").fetchall()
    codes = {row[-1].partition(":")[0] for row in truth}
    assert codes >= {"missing_key", "missing_value", "bad_type", "bad_code", "out_of_range", "unknown_reference"}
    assert codes >= {
        "duplicate_in_batch",
        "no_participant",
        "lead_is_participant",
        "shares_not_whole",
        "not_cross_line",
    }
    columns = "batch_date, extract, file, row_number, reason_codes"
    assert warehouse.rows(f"select {columns} from quality.quarantined_records order by all") == truth


def test_nothing_but_what_was_spoilt_is_wrong(warehouse: Warehouse) -> None:
    assert warehouse.rows("select extract, reason_code, count(*) from quality.emptied_values group by all") == []
    assert warehouse.rows("select count(*) from quality.extract_reconciliation where not is_balanced") == [(0,)]


def test_the_bank_has_the_shapes_that_models_meet(warehouse: Warehouse) -> None:
    """A synthetic bank without these would measure models that have nothing to do."""
    (counts,) = warehouse.rows(
        """
        select
            count(distinct segment_code),
            (select count(distinct entry_type) from marts.fct_point_ledger),
            (select count(distinct change_type) from marts.fct_customer_tier_changes),
            (select count(*) from marts.dim_customers where status = 'closed') > 0,
            (select count(*) from marts.dim_customers where group_role = 'parent') > 0,
            (select sum(rows_superseded) from quality.extract_reconciliation where extract = 'deposit_balances') > 0,
            (select min(raroc_r12_rate) < max(raroc_r12_rate) from marts.fct_customer_profits)
        from marts.fct_customer_segments
        """
    )
    assert counts[0] == 8
    assert counts[1] == 3
    assert counts[2] >= 4
    assert all(counts[3:])


@pytest.fixture(scope="module")
def plain_bank(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, GeneratedBank]:
    out = tmp_path_factory.mktemp("plain") / "inbox"
    return out, generate(out, 20_000, months=12, seed=5)


def test_sizes_follow_the_number_of_customers(plain_bank: tuple[Path, GeneratedBank]) -> None:
    wanted = {
        "customers": 1,
        "accounts": 2,
        "deposit_balances": 24,
        "loans": 0.2,
        "loan_balances": 2.4,
        "fee_transactions": 5,
        "referrals": 0.3,
        "financial_statements": 0.1,
    }
    for extract, per_customer in wanted.items():
        assert plain_bank[1].row_counts[extract] / 20_000 == pytest.approx(per_customer, rel=0.1), extract
    assert all(plain_bank[1].row_counts[name] > 0 for name in extracts())
    balances = f"from '{plain_bank[0]}/*/deposit_balances.parquet'"
    customers = f"select distinct customer_id, party_type from '{plain_bank[0]}/*/customers.parquet'"
    assert duckdb.sql(f"select avg(cast(party_type <> 'individual' as integer)) from ({customers})").fetchone() == (
        0.1,
    )
    total, largest = duckdb.sql(
        f"select sum(balance), sum(balance) filter (place <= 0.01) "
        f"from (select balance, percent_rank() over (order by balance desc) as place {balances})"
    ).fetchone()
    assert largest > total / 3, "the largest hundredth of the balances holds a good part of the money"


@pytest.mark.parametrize("threads", [1, 2])
def test_a_seed_decides_every_row_and_its_place(
    tmp_path: Path, plain_bank: tuple[Path, GeneratedBank], threads: int
) -> None:
    again = generate(tmp_path / "again", 20_000, months=12, seed=5, limits={"threads": threads})
    assert again == plain_bank[1]
    assert files(tmp_path / "again") == files(plain_bank[0])


def test_another_seed_is_another_bank(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    generate(first, 100, months=1, seed=1)
    generate(second, 100, months=1, seed=2)
    assert files(first).keys() == files(second).keys()
    assert files(first) != files(second)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ({"customers": 0, "months": 12}, "--customers 0"),
        ({"customers": 100, "months": 0}, "--months 0"),
        ({"customers": 100, "months": 1, "errors": 2}, "--errors 2"),
        ({"customers": 100, "months": 1, "nights": 40}, "--nights 40"),
    ],
)
def test_numbers_out_of_range_are_refused_by_name(tmp_path: Path, arguments: dict, word: str) -> None:
    with pytest.raises(BankmartError, match=word):
        generate(tmp_path / "inbox", **arguments)


def test_an_inbox_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "kept.csv").write_text("kept")
    with pytest.raises(BankmartError, match="holds something"):
        generate(tmp_path, 100, months=1)
    assert (tmp_path / "kept.csv").read_text() == "kept"
