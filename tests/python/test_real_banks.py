"""Real banks' data lands, builds and publishes; what they reported themselves is what the warehouse says."""

import sys
from decimal import Decimal
from itertools import takewhile

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


def page_table(heading: str) -> list[list[str]]:
    """Rows of the table of `ashare_tiers.md` whose first column has that heading."""
    lines = (PROJECT / "examples" / "importers" / "ashare_tiers.md").read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {heading} |")) + 2
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in takewhile(lambda line: line, lines[start:])
    ]


def test_listed_companies_fall_where_the_page_says(ashare: Warehouse) -> None:
    counted = ashare.published_rows(
        "select scheme_code, coalesce(tier_code, unrated_reason), count(*)::varchar from marts.fct_customer_tiers "
        "where period_month = '2018-08-01' "
        "and scheme_code in ('traditional_company_scale', 'enterprise_size', 'statistical_size') group by all"
    )
    assert sorted(map(list, counted)) == sorted(page_table("scheme"))


def test_companies_checked_by_hand_have_the_tiers_of_the_page(ashare: Warehouse) -> None:
    schemes = ("traditional_company_scale", "enterprise_size", "statistical_size")
    rows = page_table("company")
    assert len(rows) == 10
    for company, _, _, revenue, total_assets, *outcomes in rows:
        customer_id = company.split()[0]
        where = f"where customer_id = '{customer_id}' and period_month = '2018-08-01'"
        found = dict(
            ashare.published_rows(
                f"select scheme_code, coalesce(tier_code, unrated_reason) from marts.fct_customer_tiers {where}"
            )
        )
        expected = [outcome.partition(": ")[0] if ": " in outcome else outcome for outcome in outcomes]
        assert [found.get(scheme, "–") for scheme in schemes] == expected, customer_id
        metrics = ashare.rows(f"select revenue, total_assets from intermediate.int_customer_metrics {where}")[0]
        in_yi = [f"{value / 10**8:,.2f}" for value in metrics]
        assert in_yi == [revenue, total_assets], customer_id
