"""The nightly build: it makes only the months anew that the data can have changed, and the tables of a full build."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from bankmart.archive import Archive
from bankmart.generate import generate
from bankmart.landing import land
from bankmart.settings import Settings
from bankmart.warehouse import inputs_digest
from conftest import Warehouse

ALL_MONTHS = "0001-01-01"
# what a night brings, as queries on the first batch, and the first month of each extract that it can have changed: of
# causes that come together it is one. After the first night these months only grow, so that a month that a night kept
# wrongly is not made anew by a later one
NIGHTS = {
    "balances of an account that is not known": (
        {
            "deposit_balances": "select 'A_late' as account_id, day as balance_date, 1000000 as balance, "
            "0.01 as interest_rate from (values (date '2026-08-31'), (date '2026-09-15')) as days (day)",
            # their branch is not known either, which only empties it, also where the row has a fault of its own
            "accounts": "select * replace ('A_nobody' as account_id, null as customer_id, 'B_late' as branch_id) "
            "from accounts order by all limit 1",
            "fee_transactions": "select * replace ('branchless' as transaction_id, "
            "date '2026-10-30' as transaction_date, 'B_late' as branch_id) from fee_transactions order by all limit 1",
        },
        {"fee_transactions": "2026-10-01"},
    ),
    "a branch in another region, and the one of that fee": (
        {
            "branches": "select * replace ('R9' as region_code) from branches union all select * replace "
            "('B_late' as branch_id, 'outlet' as branch_level) from branches where branch_level = 'outlet' "
            "qualify row_number() over (order by branch_id) = 1"
        },
        {"branches": ALL_MONTHS, "fee_transactions": "2026-10-01"},
    ),
    "an account that was opened a month earlier, a loan that runs longer": (
        {
            "accounts": "select * replace (date '2026-07-03' as opened_date) from accounts "
            "where opened_date between '2026-08-01' and '2026-08-31' order by all limit 1",
            "loans": "select * replace (maturity_date + interval 30 day as maturity_date) from loans "
            "where start_date between '2026-07-01' and '2026-09-30' order by all limit 1",
        },
        {"accounts": "2026-07-01", "loans": "2026-07-01"},
    ),
    "a fee of August, the account of those balances, opened after the first of them": (
        {
            "fee_transactions": "select * replace ('late' as transaction_id, date '2026-08-20' as transaction_date) "
            "from fee_transactions limit 1",
            "accounts": "select * replace ('A_late' as account_id, date '2026-10-05' as opened_date, "
            "null as closed_date) from accounts order by all limit 1",
        },
        # the account is priced by the curve of its opening, which so says something of August
        {
            **{"fee_transactions": "2026-08-01", "accounts": "2026-08-01", "deposit_balances": "2026-08-01"},
            "ftp_curves": "2026-08-01",
        },
    ),
    "a curve of the day on which that account begins": (
        {
            "ftp_curves": "select * replace (date '2026-10-04' as curve_date, rate + 0.01 as rate) "
            "from ftp_curves where curve_date = '2026-08-01'"
        },
        {"ftp_curves": "2026-08-01"},
    ),
    "accounts that were closed in September, an exchange rate of September": (
        {
            "accounts": "select * replace (date '2026-09-10' as closed_date) from accounts "
            "where closed_date is null and opened_date < '2026-08-01' order by all limit 3",
            "fx_rates": "select * replace (date '2026-09-25' as rate_date, rate_to_cny * 2 as rate_to_cny) "
            "from fx_rates where rate_date = '2026-08-01'",
        },
        {"accounts": "2026-09-01", "fx_rates": "2026-09-01"},
    ),
    "a tag that ended": (
        {
            "customer_tags": "select * replace (date '2026-10-15' as valid_to) from customer_tags "
            "where valid_from < '2026-08-01' order by all limit 1"
        },
        {"customer_tags": "2026-10-01"},
    ),
    "balances of the day, a customer in another industry and region": (
        {
            "deposit_balances": "select account_id, date '2026-11-01' as balance_date, max(balance) + 1 as balance "
            "from deposit_balances group by account_id",
            "customers": "select * replace ('G54' as industry_code, 'R9' as region_code) from customers "
            "where party_type = 'company'",
        },
        {"deposit_balances": "2026-11-01", "customers": "2026-11-01"},
    ),
    "balances of one day that contradict each other, one that corrects another, an account of nobody who is known": (
        {
            "deposit_balances": "select account_id, date '2026-11-02' as balance_date, balance from deposit_balances "
            "where account_id = (select min(account_id) from deposit_balances) union all "
            "select max(account_id), date '2026-11-01', 5 from deposit_balances union all "
            "select 'A_early', date '2026-11-04', 9",
            "accounts": "select * replace ('A_early' as account_id, 'C_late' as customer_id, date '2026-11-03' as "
            "opened_date, null as closed_date) from accounts order by all limit 1",
        },
        {"deposit_balances": "2026-11-01"},
    ),
    "the balance that is right, the owner of that account, and the fees of the first batch once more": (
        {
            "deposit_balances": "select min(account_id) as account_id, date '2026-11-02' as balance_date, 7 as balance "
            "from deposit_balances",
            "customers": "select * replace ('C_late' as customer_id, date '2026-11-03' as opened_date) from customers "
            "order by all limit 1",
            "fee_transactions": "from fee_transactions",
        },
        {"deposit_balances": "2026-11-01", "customers": "2026-11-01", "accounts": "2026-11-01"},
    ),
}


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("nightly") / "inbox"
    generate(out, 400, months=5, seed=7)
    return out


@pytest.fixture(scope="module")
def warehouse(inbox: Path, new_warehouse) -> Warehouse:
    return new_warehouse().run(inbox)


def deliver(inbox: Path, day: date, extracts: dict[str, str]) -> None:
    """Write a batch; the query of an extract reads the first batch, and a column that it leaves out is empty."""
    folder = inbox / f"batch_date={day}"
    folder.mkdir()
    with duckdb.connect() as connection:
        for name, query in extracts.items():
            first = f"read_parquet('{inbox}/batch_date=2026-08-31/{name}.parquet', hive_partitioning = false)"
            connection.execute(f"create table {name} as from {first}")
            connection.execute(
                f"copy (select * from {name} where false union all by name from ({query})) to '{folder}/{name}.parquet'"
            )


def fingerprints(warehouse: Warehouse) -> set[tuple]:
    """What the extracts say of every month."""
    columns = "period_month, extract_name, fingerprint, row_count"
    return set(warehouse.rows(f"select {columns} from intermediate.int_input_fingerprints"))


def table_digests(warehouse: Warehouse) -> dict[str, tuple]:
    """Rows and a digest of every table but those that say what was made anew."""
    tables = warehouse.rows(
        "select schema_name || '.' || table_name from duckdb_tables() "
        "where schema_name in ('intermediate', 'marts', 'quality', 'staging') "
        "and table_name not in ('int_rebuild_start', 'kept_fingerprints') order by all"
    )
    return {table: warehouse.rows(digest_query(table))[0] for (table,) in tables}


def digest_query(table: str) -> str:
    return f"select count(*), sum(hash(columns)) from {table} as columns"


def test_nights_give_the_tables_of_a_full_build(inbox: Path, warehouse: Warehouse) -> None:
    before = fingerprints(warehouse)
    for days, (night, (extracts, first_months)) in enumerate(NIGHTS.items(), start=1):
        deliver(inbox, date(2026, 10, 31) + timedelta(days=days), extracts)
        warehouse.run(inbox)
        now = fingerprints(warehouse)
        # latest month first, so that the earliest is what stays
        changed = {extract: str(month) for month, extract, *_ in sorted(before ^ now, reverse=True)}
        del changed["as_of_date"]
        assert changed == first_months, night
        first_month = date.fromisoformat(min(first_months.values()))
        assert warehouse.rows("from intermediate.int_rebuild_start") == [(first_month,)], night
        before = now
    nightly = table_digests(warehouse)
    marts = [table for table in nightly if table.startswith("marts.")]
    # the publication, too, has its months from many nights
    assert [mart for mart in marts if warehouse.published_rows(digest_query(mart)) != [nightly[mart]]] == []
    result = warehouse.command("build", "--full-refresh")
    assert "all months" in result.stdout, result.stderr
    whole = table_digests(warehouse)
    assert [table for table in whole if nightly[table] != whole[table]] == []
    # what the nights said of months that they kept is what the full build says of them: it is published already
    history = warehouse.published_rows("from quality.publications")
    assert warehouse.command("publish").returncode == 0
    assert warehouse.published_rows("from quality.publications") == history
    # without anything new, no month is made anew, and as much is tested
    again = warehouse.command("build").stdout
    assert "no month anew" in again
    assert re.search(r"passed \d+ tests", again)[0] == re.search(r"passed \d+ tests", result.stdout)[0]
    assert table_digests(warehouse) == whole


def test_verdicts_are_kept_while_nothing_else_can_have_changed_them(warehouse: Warehouse) -> None:
    right = table_digests(warehouse)

    def spoil(statement: str = "select 1") -> None:
        """Let the records of customers say what nobody delivered; no test of a build can tell."""
        with duckdb.connect(str(warehouse.home / "bankmart.duckdb")) as connection:
            connection.execute("update staging.base_core__customers set city_code = 'nowhere'")
            connection.execute(statement)

    def is_spoilt(*arguments: str) -> bool:
        """Whether a build keeps what was spoilt."""
        result = warehouse.command("build", *arguments)
        assert result.returncode == 0, result.stderr
        return warehouse.rows("select count(*) from marts.dim_customers where city_code = 'nowhere'") != [(0,)]

    spoil()
    assert is_spoilt()
    # somebody runs dbt himself, and it could have been on other code
    assert warehouse.dbt("run", "--select", "int_months").returncode == 0
    refused = warehouse.command("publish")
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "dbt was run by hand" in refused.stderr
    assert not is_spoilt()
    assert table_digests(warehouse) == right
    # a table that does not hold the landed rows
    spoil("delete from staging.base_core__customers where row_number = 1")
    assert not is_spoilt()
    # a replay of an earlier day, and then the nights after that day at once
    spoil()
    assert not is_spoilt("--as-of", "2026-10-31")
    assert not is_spoilt()
    assert table_digests(warehouse) == right


def test_the_views_that_a_night_keeps_say_the_same_on_every_day(demo_bank: Warehouse) -> None:
    texts = dict(demo_bank.rows("select schema_name || '.' || view_name, sql from duckdb_views() where not internal"))
    kept = [view for view in texts if not view.startswith("landing.")]
    assert len(kept) > 30
    assert [view for view in kept if "2026-10-31" in texts[view]] == []
    # those of the landed files name the day's
    assert "2026-10-31" in texts["landing.customers"]


def test_files_and_key_decide_whether_verdicts_are_kept(inbox: Path, tmp_path: Path, monkeypatch) -> None:
    settings = Settings.resolve(inbox=inbox, home=tmp_path)
    land(inbox, Archive(settings.archive))
    files = Archive(settings.archive).current_files()
    last_day = max(file.batch_date for file in files)
    before = inputs_digest(files, "2026-09-30")
    assert inputs_digest([file for file in files if file.batch_date < last_day], "2026-09-30") == before
    assert inputs_digest(files, last_day.isoformat()) != before
    # one file less, one in another's place, another key
    assert inputs_digest(files[1:], "2026-09-30") != before
    assert inputs_digest([replace(files[0], sha256="other"), *files[1:]], "2026-09-30") != before
    monkeypatch.setenv("BANKMART_PII_KEY", "another key")
    assert inputs_digest(files, "2026-09-30") != before
