"""Real banks' data lands, builds and publishes; what they reported themselves is what the warehouse says."""

import sys
from decimal import Decimal

import pytest

from conftest import PROJECT, SHARED, Warehouse

REAL = SHARED / "data" / "real"
sys.path.insert(0, str(PROJECT / "examples" / "importers"))

pytestmark = pytest.mark.skipif(not REAL.exists(), reason="the real data is not beside the project")


@pytest.fixture(scope="module")
def berka(new_warehouse, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """A Czech bank of 1993."""
    from berka import import_berka

    inbox = tmp_path_factory.mktemp("berka")
    import_berka(REAL / "berka", inbox)
    return new_warehouse().run(inbox)


@pytest.fixture(scope="module")
def ashare(new_warehouse, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """The Chinese listed companies of 2018."""
    from ashare import import_ashare

    inbox = tmp_path_factory.mktemp("ashare")
    import_ashare(REAL / "ashare", inbox)
    return new_warehouse().run(inbox)


def test_month_end_balances_reproduce_those_the_bank_reported(berka: Warehouse) -> None:
    """The bank printed balances to 0.10 koruna; beyond that every account-month agrees."""
    from berka import BALANCE_DRIFT, CNY_PER_CZK, reported_month_end_balances

    reported = reported_month_end_balances(REAL / "berka").to_pylist()
    built = {
        (customer, month): balance
        for customer, month, balance in berka.published_rows(
            "select customer_id, period_month, deposit_balance from marts.fct_customer_months"
        )
    }
    tolerance = CNY_PER_CZK * BALANCE_DRIFT + Decimal("0.005")
    differing = [
        row
        for row in reported
        if abs(built[row["customer_id"], row["period_month"]] - CNY_PER_CZK * row["balance"]) > tolerance
    ]
    assert len(reported) > 9000
    assert differing == []


@pytest.mark.parametrize("bank", ["berka", "ashare"])
def test_no_row_of_a_real_bank_is_quarantined_or_lost(bank: str, request: pytest.FixtureRequest) -> None:
    warehouse: Warehouse = request.getfixturevalue(bank)
    assert warehouse.published_rows("select * from quality.quarantined_records") == []
    assert warehouse.published_rows("select * from quality.extract_reconciliation where not is_balanced") == []


def test_every_listed_company_has_its_months(ashare: Warehouse) -> None:
    rows = ashare.published_rows(
        "select period_month::varchar, count(*), count(*) filter (where is_credit_customer) "
        "from marts.fct_customer_months group by 1 order by 1"
    )
    assert rows == [("2018-07-01", 3540, 0), ("2018-08-01", 3540, 3540)]
