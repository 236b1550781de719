"""The care marts of a bank of thirteen companies equal what was computed by hand (tests/fixtures/care/README.md)."""

import csv
from pathlib import Path

import pytest

from conftest import PROJECT, Warehouse

FIXTURE = PROJECT / "tests" / "fixtures" / "care"


@pytest.fixture(scope="module")
def small_bank(new_warehouse) -> Warehouse:
    """The bank of the fixture on 10 November 2026, a third into the month."""
    return new_warehouse().run(FIXTURE / "inbox")


@pytest.mark.parametrize("path", sorted((FIXTURE / "expected").glob("*.csv")), ids=lambda path: path.stem)
def test_the_mart_equals_what_was_computed_by_hand(path: Path, small_bank: Warehouse) -> None:
    """Every column of the fixture, every row of its months."""
    with path.open(encoding="utf-8", newline="") as handle:
        expected = list(csv.DictReader(handle))
    texts = ", ".join(f"coalesce(cast({column} as varchar), '')" for column in expected[0])
    months = sorted({row["period_month"] for row in expected if "period_month" in row})
    named = ", ".join(f"'{month}'" for month in months)
    query = f"select {texts} from marts.{path.stem}" + (f" where period_month in ({named})" if months else "")
    assert sorted(small_bank.published_rows(query)) == sorted(tuple(row.values()) for row in expected)


def test_every_state_of_every_mart_is_shown_by_the_demo_bank(demo_bank: Warehouse) -> None:
    """The bug it looks for: a story of the demo bank that no longer shows what it was planted for."""
    states = {
        "fct_visit_compliance": ["required_count = 0", "missing_count = 0 and required_count > 0", "missing_count > 0"],
        "fct_effective_customers": [
            "is_effective and not is_near_threshold and not is_at_risk",
            "is_effective and is_near_threshold",
            "is_effective and is_at_risk",
            "failed_conditions = 'no_active_account'",
            "failed_conditions = 'too_few_free_products'",
            "failed_conditions = 'balance_below_rungs'",
            "failed_conditions = 'no_active_account;too_few_free_products;balance_below_rungs'",
            *(f"rung_code = 'rung_{number}' and is_effective" for number in range(1, 6)),
        ],
        "fct_effective_branches": ["meets_target", "not meets_target", "growth_rate < 0", "meets_target is null"],
        "fct_manager_coverage": ["is_over_span", "not is_over_span"],
        "fct_payroll_companies": [
            "payroll_status = 'none'",
            "payroll_status = 'opened' and employees_paid = 0",
            "payroll_status = 'opened' and employees_paid > 0",
            "payroll_status = 'effective' and has_payroll_contract",
            "payroll_status = 'effective' and not has_payroll_contract",
        ],
        "fct_payroll_penetration": ["meets_target", "not meets_target", "meets_target is null"],
        "fct_linked_persons": [
            "lead_reason = 'person_holds_nothing'",
            "lead_reason = 'organization_holds_nothing'",
            "not is_lead and organization_has_business and person_has_business",
            "not is_lead and not organization_has_business and not person_has_business",
            "relations like '%;%'",
        ],
        "fct_product_depth": ["left_count > 0", "attrition_rate = 0", "base_month is null"],
        "fct_collection_ratios": ["linked_inflow_amount > 0", "collection_rate is null", "collection_rate = 0"],
        "fct_chain_prospects": [
            "payer_count > 0 and payee_count > 0",
            "prospect_id is null",
            "prospect_id is not null",
        ],
    }
    missing = [
        (mart, state)
        for mart, conditions in states.items()
        for state in conditions
        if not demo_bank.published_rows(f"select 1 from marts.{mart} where {state} limit 1")
    ]
    assert missing == []
