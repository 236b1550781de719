"""Worked examples of textbooks and vendors' manuals through the whole pipeline, from the delivered row to the mart.

They speak of a year: interest has one of 360 days (6 January to 31 December 2025), capital and expected loss of 365.
An example's unit is 90,000 yuan, of which a day's interest is whole cents: twelve monthly roundings add nothing.
"""

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from conftest import Warehouse, write_inbox

UNIT = 90_000
DAYS_OF_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
CENT = Decimal("0.01")

INBOX = {
    "2025-12-31": {
        "branches.csv": "branch_id,branch_level\n01,head_office\n",
        "departments.csv": "department_id,business_line\nD1,corporate\n",
        "referrals.csv": "referral_id,product_code,sold_date,quantity,lead_department_id\n",
        "referral_participants.csv": "referral_id,department_id\n",
        "customers.csv": "customer_id,party_type,branch_id\n"
        + "".join(
            f"{customer_id},company,01\n" for customer_id in ("FUNDED", "DEPOSITOR", "DEBTOR", "WEIGHTED", "BETWEEN")
        ),
        "accounts.csv": "account_id,customer_id,product_code,opened_date,interest_rate,term_months\n"
        "DEPOSITS_OF_70,FUNDED,dep_demand_corp,2025-01-06,0.04,\n"
        "TEN_MILLION,DEPOSITOR,dep_term_corp,2025-01-06,0.015,60\n",
        "deposit_balances.csv": "account_id,balance_date,balance\n"
        f"DEPOSITS_OF_70,2025-01-06,{70 * UNIT}\nTEN_MILLION,2025-01-06,10000000\n",
        "loans.csv": "loan_id,customer_id,product_code,start_date,maturity_date,interest_rate,guarantee_type,"
        "internal_rating\n"
        "LOAN_OF_60,FUNDED,loan_trade_finance,2025-01-06,2026-01-06,0.10,credit,\n"
        "LOAN_OF_40,FUNDED,loan_trade_finance,2025-01-06,2028-01-06,0.075,credit,\n"
        "COMMITMENT,DEBTOR,loan_trade_finance,2025-01-01,2026-01-01,0.05,guaranteed,BB\n"
        "MILLION,WEIGHTED,loan_trade_finance,2025-01-01,2026-01-01,0.05,credit,BB\n"
        "EIGHTEEN_MONTHS,BETWEEN,loan_trade_finance,2025-01-06,2026-07-06,0.08,credit,\n",
        "loan_balances.csv": "loan_id,balance_date,principal_balance\n"
        f"LOAN_OF_60,2025-01-06,{60 * UNIT}\nLOAN_OF_40,2025-01-06,{40 * UNIT}\n"
        "COMMITMENT,2025-01-01,94000\nMILLION,2025-01-01,1000000\nEIGHTEEN_MONTHS,2025-01-06,1000000\n",
        "ftp_curves.csv": "curve_date,currency,tenor_months,rate\n"
        "2024-12-31,CNY,12,0.06\n2024-12-31,CNY,36,0.07\n2024-12-31,CNY,60,0.02\n",
    }
}


@pytest.fixture(scope="module")
def examples(new_warehouse, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """The warehouse of a bank that has the customers of the examples and no other."""
    inbox: Path = write_inbox(tmp_path_factory.mktemp("inbox"), INBOX)
    return new_warehouse().run(inbox)


def months_of(examples: Warehouse, instrument_id: str, term: str) -> list[Decimal]:
    """A term of an account or loan, month by month."""
    query = (
        f"select {term} from marts.fct_instrument_profits where instrument_id = '{instrument_id}' order by period_month"
    )
    return [value for (value,) in examples.published_rows(query)]


def total_of(examples: Warehouse, customer_id: str, term: str) -> Decimal:
    """A term of a customer over the year."""
    query = f"select sum({term}) from marts.fct_customer_profits where customer_id = '{customer_id}'"
    ((total,),) = examples.published_rows(query)
    return total


def rounded_by_month(of_a_day: Decimal, first_month_days: int) -> list[Decimal]:
    """A term that is the same every day, rounded once a month."""
    days = (first_month_days, *DAYS_OF_MONTHS[1:])
    return [(of_a_day * count).quantize(CENT, ROUND_HALF_UP) for count in days]


def test_matched_funding_splits_the_margin_between_deposits_and_loans(examples: Warehouse) -> None:
    """Deposits of 70 at 4 % against 6 % earn 1.4, loans of 60 at 10 % and 40 at 7.5 % against 6 % and 7 % earn 2.6."""
    assert total_of(examples, "FUNDED", "deposit_transfer_amount") == Decimal("1.4") * UNIT
    assert total_of(examples, "FUNDED", "loan_transfer_amount") == Decimal("2.6") * UNIT
    assert total_of(examples, "FUNDED", "revenue_amount") == Decimal("4.0") * UNIT
    assert set(months_of(examples, "LOAN_OF_60", "ftp_rate")) == {Decimal("0.06")}
    assert set(months_of(examples, "LOAN_OF_40", "ftp_rate")) == {Decimal("0.07")}


def test_a_deposit_of_ten_million_below_its_price_by_half_a_percent_earns_fifty_thousand(examples: Warehouse) -> None:
    """1,000万 at 1.5 % against 2 % give 5万 a year, but for what rounding each month adds."""
    amounts = months_of(examples, "TEN_MILLION", "deposit_transfer_amount")
    assert amounts == rounded_by_month(Decimal(10_000_000) * Decimal("0.005") / 360, 26)
    assert abs(sum(amounts) - 50_000) <= 12 * CENT / 2


def test_a_commitment_of_94000_loses_752_a_year(examples: Warehouse) -> None:
    """PD 2 % (rating BB) × LGD 40 % (guaranteed) × EAD 94,000 = 752."""
    amounts = months_of(examples, "COMMITMENT", "credit_cost_amount")
    assert amounts == rounded_by_month(Decimal(94_000) * Decimal("0.02") * Decimal("0.40") / 365, 31)
    assert abs(sum(amounts) - 752) <= 12 * CENT / 2


def test_a_million_at_full_weight_binds_and_costs_its_capital(examples: Warehouse) -> None:
    """1,000,000 × 100 % × 10.5 % bind 105,000 of capital, which at 11 % costs 11,550 a year."""
    assert set(months_of(examples, "MILLION", "economic_capital_amount")) == {Decimal("105000.00")}
    amounts = months_of(examples, "MILLION", "capital_cost_amount")
    assert amounts == rounded_by_month(Decimal(11_550) / 365, 31)
    assert abs(sum(amounts) - 11_550) <= 12 * CENT / 2


def test_a_price_between_two_tenors_lies_on_the_line_between_them(examples: Warehouse) -> None:
    """18 months between 12 at 6 % and 36 at 7 %: 6 % + 6/24 × 1 % = 6.25 %."""
    assert set(months_of(examples, "EIGHTEEN_MONTHS", "ftp_rate")) == {Decimal("0.0625")}


def test_what_raroc_divides(examples: Warehouse) -> None:
    """The mean of the months' capital divides the year's revenue less operating and credit cost."""
    query = """
        select revenue_r12_amount, operating_cost_r12_amount, credit_cost_r12_amount, raroc_r12_rate
        from marts.fct_customer_profits where customer_id = 'WEIGHTED' and period_month = '2025-12-01'
    """
    ((revenue, operating_cost, credit_cost, raroc),) = examples.published_rows(query)
    # a loan at 5 % funded at 6 % loses 1 % of 365/360 of a million
    assert abs(revenue + Decimal(10_000) * 365 / 360) <= 12 * CENT / 2
    expected = (revenue - operating_cost - credit_cost) / Decimal(105_000)
    assert raroc == expected.quantize(Decimal("0.00000001"), ROUND_HALF_UP)
    assert raroc < 0
