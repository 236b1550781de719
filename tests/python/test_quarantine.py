"""What becomes of every delivered row: one small bank of bad and odd rows, in three batches, built by the command."""

import csv
import hashlib
import hmac
import io
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bankmart.privacy import padded_keys
from conftest import Warehouse, write_inbox

AUGUST, SEPTEMBER, OCTOBER = date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31)
PII_KEY = "a key of the bank's own"
CANARY_ID = "CANARY110105194912310021"
CANARY_PHONE = "19987600123456787"
# full-width digits are digits too
CANARY_WIDE = CANARY_ID.translate({ord("0") + digit: ord("０") + digit for digit in range(10)})

# text, what is staged or the reason why not
AMOUNTS = {
    "123.45": Decimal("123.45"),
    "123.4500": Decimal("123.45"),
    "1,234,567.89": Decimal("1234567.89"),
    "１２３.４５": Decimal("123.45"),
    "－１，２３４．５": Decimal("-1234.50"),
    " 5.00 ": Decimal("5.00"),
    "\u30006.00\u00a0": Decimal("6.00"),
    "+5": Decimal("5.00"),
    "-0.00": Decimal("0.00"),
    "5.": Decimal("5.00"),
    ".5": Decimal("0.50"),
    "007": Decimal("7.00"),
    "9999999999999999.99": Decimal("9999999999999999.99"),
    "-9999999999999999.99": Decimal("-9999999999999999.99"),
    "10000000000000000": "out_of_range",
    "99999999999999999.00": "out_of_range",
    "1e3": "bad_type",
    "NaN": "bad_type",
    "inf": "bad_type",
    "1_000": "bad_type",
    "12.345": "bad_type",
    "12,34": "bad_type",
    "1,2345": "bad_type",
    "1 000": "bad_type",
    "(100)": "bad_type",
    "¥100": "bad_type",
    "100元": "bad_type",
    "5-": "bad_type",
    "--5": "bad_type",
    "0x1F": "bad_type",
    "٣": "bad_type",
    ".": "bad_type",
    "": "missing_value",
    " \u3000\t": "missing_value",
}

DATES = {
    "2026-08-31": AUGUST,
    "20260831": AUGUST,
    "2026/08/31": AUGUST,
    " ２０２６－０８／３１".replace("／", "－"): AUGUST,
    "20240229": date(2024, 2, 29),
    "20240230": "bad_type",
    "20260229": "bad_type",
    "2026-13-01": "bad_type",
    "2026-2-3": "bad_type",
    "31/10/2026": "bad_type",
    "2026/08-31": "bad_type",
    "2026.08.31": "bad_type",
    "26-08-31": "bad_type",
    "2026-08-31 00:00:00": "bad_type",
    "2026-08-31T00:00:00": "bad_type",
    "2026年8月31日": "bad_type",
    "0000-00-00": "bad_type",
    "46265": "bad_type",
    "": "missing_value",
}

INTEGERS = {
    "20": 20,
    "20.0": 20,
    "20.": 20,
    "1,000": 1000,
    "２０": 20,
    "0": 0,
    "-0": 0,
    "": None,
    "20.5": "bad_type",
    "1e3": "bad_type",
    "twenty": "bad_type",
    "-5": "out_of_range",
    "2147483648": "out_of_range",
    "99999999999999999999999": "out_of_range",
}

BOOLEANS = {
    **dict.fromkeys(["true", "TRUE", "True", "1", "Y", "y", "是", " 是\u3000", "１"], True),
    **dict.fromkeys(["false", "FALSE", "0", "N", "n", "否"], False),
    **dict.fromkeys(["2", "yes", "no", "t", "真", "1.0"], "bad_type"),
    "": None,
}

RATES = {
    "0.12345678": Decimal("0.12345678"),
    "0.0350000000000": Decimal("0.03500000"),
    "3": Decimal("3.00000000"),
    "0.123456789": "bad_type",
    "3.5%": "bad_type",
    "10000": "out_of_range",
}

RISK_GRADES = {
    **{"1": "pass", "2": "special_mention", "3": "substandard", "4": "doubtful", "5": "loss"},
    **{"１": "pass", " loss ": "loss", "": None},
    **dict.fromkeys(["6", "0", "Pass", "正常", "1.0"], "bad_code"),
}

INDUSTRIES = {
    **{"C3011": "C3011", "3011": "C3011", "３０１１": "C3011", "C": "C", "30": "C30", "": None},
    **dict.fromkeys(["D3011", "c3011", "99999", "C 3011"], "bad_code"),
}

PHONES = {
    **{phone: phone for phone in ["13800138000", "+86 138-0013-8000", "(010) 6555-1234", "010-65551234*8"]},
    **{" 13900139000": "13900139000", "１３７": "bad_type", "１３７００１３７０００": "13700137000"},
    **dict.fromkeys(["12ab", "1234", "1" * 21, "13800138000/13900139000, 王", "无"], "bad_type"),
}

CURRENCIES = {"USD": "USD", " EUR": "EUR", "": "CNY", **dict.fromkeys(["cny", "RMB1", "人民币", "CN"], "bad_code")}

STATUSES = {
    "active": "active",
    " closed\u3000": "closed",
    "": "active",
    **dict.fromkeys(["Active", "CLOSED", "开"], "bad_code"),
}


def keyed(values: dict[str, object]) -> dict[str, tuple[str, object]]:
    """A key for every text of a table: its number."""
    return {f"{number:02d}": (text, expected) for number, (text, expected) in enumerate(values.items())}


def without_currency(day: date, rate: Decimal) -> bytes:
    """A typed exchange rate, whose key begins with a day that is no text."""
    buffer = io.BytesIO()
    rates = {"rate_date": [day], "currency": pa.array([None], pa.string()), "rate_to_cny": [rate]}
    pq.write_table(pa.table(rates), buffer)
    return buffer.getvalue()


def table(rows: list[dict[str, str]]) -> str:
    """Rows as CSV; what a row does not name is empty."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def customer(customer_id: str, **changes: str) -> dict[str, str]:
    good = {
        "customer_name": "岚江好客户有限公司",
        "party_type": "company",
        "branch_id": "B1",
        "opened_date": "2010-01-01",
    }
    return {"customer_id": customer_id, **good, **changes}


def account(account_id: str, **changes: str) -> dict[str, str]:
    good = {"customer_id": "good", "product_code": "dep_demand_corp", "opened_date": "2010-01-01"}
    return {"account_id": account_id, **good, **changes}


def balance(account_id: str, balance_date: str, amount: str) -> dict[str, str]:
    return {"account_id": account_id, "balance_date": balance_date, "balance": amount}


def loan(loan_id: str, **changes: str) -> dict[str, str]:
    good = {
        "customer_id": "good",
        "product_code": "loan_working_capital",
        "contract_amount": "1000.00",
        "start_date": "2024-01-01",
        "maturity_date": "2027-01-01",
        "interest_rate": "0.035",
    }
    return {"loan_id": loan_id, **good, **changes}


def loan_balance(balance_date: str, **changes: str) -> dict[str, str]:
    return {"loan_id": "loan", "balance_date": balance_date, "principal_balance": "1000.00", **changes}


def referral(referral_id: str, **changes: str) -> dict[str, str]:
    good = {"product_code": "debit_card", "sold_date": "2026-08-01", "quantity": "1", "lead_department_id": "D_RETAIL"}
    return {"referral_id": referral_id, **good, **changes}


def fee(transaction_id: str, fee_amount: str, **changes: str) -> dict[str, str]:
    good = {"customer_id": "good", "product_code": "cash_management", "transaction_date": "2026-08-01"}
    return {"transaction_id": transaction_id, **good, "fee_amount": fee_amount, **changes}


def visit(visit_id: str, visit_date: str) -> dict[str, str]:
    return {"visit_id": visit_id, "customer_id": "good", "visitor_role": "president", "visit_date": visit_date}


def part(amounts: dict[date, str]) -> bytes:
    """A typed Parquet part of balances."""
    columns = {
        "account_id": ["account"] * len(amounts),
        "balance_date": pa.array(amounts, pa.date32()),
        "balance": pa.array([Decimal(amount) for amount in amounts.values()], pa.decimal128(18, 2)),
    }
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer)
    return buffer.getvalue()


DAYS = [f"2026-07-{day:02d}" for day in range(1, 32)]
STATEMENT_DAYS = [f"{year}-12-31" for year in range(2000, 2026)]

INBOX = {
    "2026-08-31": {
        "branches.csv": table(
            [
                {"branch_id": "B1", "branch_level": "head_office"},
                {"branch_id": "B2", "branch_level": "outlet", "parent_branch_id": "B1"},
                {"branch_id": "B3", "branch_level": "outlet", "parent_branch_id": "B0"},
                {"branch_id": "B9", "branch_level": "Outlet", "parent_branch_id": "B1"},
            ]
        ),
        "departments.csv": table(
            [
                {"department_id": "D_CORPORATE", "business_line": "corporate"},
                {"department_id": "D_SECOND", "business_line": "corporate"},
                {"department_id": "D_RETAIL", "business_line": "retail"},
            ]
        ),
        "employees.csv": table([{"employee_id": "E1", "employee_name": "王"}]),
        "customers.csv": table(
            [
                customer("good", relationship_manager_id="E1"),
                customer("late group"),
                customer("007", customer_name="岚江一号公司"),
                customer("7", customer_name="岚江二号公司"),
                customer("００８", customer_name="岚江三号公司"),
                customer("\u3000009 ", customer_name="\u3000第１ 纺织\u3000厂 "),
                customer("negative capital", registered_capital="-1"),
                customer("unknown manager", relationship_manager_id="E9"),
                customer("unknown branch", branch_id="B0"),
                customer("later branch", branch_id="B4"),
                customer("branch in quarantine", branch_id="B9"),
                customer("", customer_name="无号公司"),
                customer(" \u3000"),
                customer("no type", party_type=""),
                customer("Company", party_type="Company"),
                customer("two faults", party_type="firm", branch_id=""),
                customer("unchanged"),
                customer("changed"),
                customer("there and back", customer_name="甲"),
                customer("worse"),
                customer("mended", party_type="firm"),
                customer("repeated"),
                customer("repeated"),
                customer("repeated in other words", employees="20"),
                customer(" repeated in other words", employees="２０.0"),
                customer("contradicted", customer_name="甲"),
                customer("contradicted", customer_name="乙"),
                *[customer(f"employees {key}", employees=text) for key, (text, _) in keyed(INTEGERS).items()],
                *[customer(f"industry {key}", industry_code=text) for key, (text, _) in keyed(INDUSTRIES).items()],
                *[customer(f"phone {key}", phone=text) for key, (text, _) in keyed(PHONES).items()],
                *[customer(f"status {key}", status=text) for key, (text, _) in keyed(STATUSES).items()],
            ]
        ),
        "accounts.csv": table(
            [
                account("account"),
                account("of a late customer", customer_id="late"),
                account("of nobody", customer_id="nobody"),
                account("of the contradicted", customer_id="contradicted"),
                account("of the mended", customer_id="mended"),
                account("of ８", customer_id="008"),
                account("undated", opened_date=""),
                account("misdated", opened_date="2026-13-01"),
                account("unknown product", product_code="dep_gold"),
                account("unknown branch", branch_id="B0"),
                account("later branch", branch_id="B4"),
                *[account(f"currency {key}", currency=text) for key, (text, _) in keyed(CURRENCIES).items()],
            ]
        ),
        "deposit_balances.csv": table(
            [
                balance("account", "2026-08-01", "100.00"),
                balance("account", "2026-08-02", "200.00"),
                balance("account", "2026-08-03", "300.00"),
                balance("account", "2026-08-04", "400.00"),
                balance("account", "2026-08-04", "400.0"),
                balance("account", "2026-08-04", "400"),
                balance("account", "2026-08-05", "500.00"),
                balance("account", "2026-08-05", "501.00"),
                balance("account", "2026-08-06", "600.00"),
                balance("account", "2026-08-06", "600.00"),
                balance("account", "2026-08-06", "601.00"),
                balance("account", "2026-08-07", "700.00"),
                balance("account", "20260808", "800.00"),
                balance("account", "", "1.00"),
                balance("account", "2026-08-32", "2.00"),
                balance("account", "2026-08-09", ""),
                balance("no account", "2026-08-01", "4.00"),
                balance("of a late customer", "2026-08-01", "5.00"),
                balance("of nobody", "2026-08-01", "6.00"),
            ]
        ),
        "loans.csv": table(
            [
                loan("loan"),
                loan("of nobody", customer_id="nobody"),
                loan("endless", maturity_date=""),
                loan("repriced never", reprice_months="0"),
                *[loan(f"rate {key}", interest_rate=text) for key, (text, _) in keyed(RATES).items()],
            ]
        ),
        "loan_balances.csv": table(
            [
                *[loan_balance(DAYS[int(key)], risk_grade=text) for key, (text, _) in keyed(RISK_GRADES).items()],
                loan_balance("2026-08-01", principal_balance="-0.01"),
                loan_balance("2026-08-02", principal_balance="0"),
                loan_balance("2026-08-03", days_overdue="-1"),
                loan_balance("2026-08-04", interest_rate="3.5%"),
            ]
        ),
        "referrals.csv": table(
            [
                referral("good"),
                referral("not yet sold", sold_date="2026-09-15"),
                *[referral("not yet sold, twice", sold_date="2026-12-01")] * 2,
                referral("not yet sold, or so", sold_date="2026-12-01"),
                referral("not yet sold, or so", sold_date="2026-12-02"),
                referral("negative", quantity="-1"),
                referral("of an unknown buyer", buyer_customer_id="nobody"),
                referral("of an unknown lead", lead_department_id="D_NONE"),
            ]
        ),
        "referral_participants.csv": table(
            [
                {"referral_id": "good", "department_id": "D_CORPORATE", "share": "0.999999999999999989"},
                {"referral_id": "", "department_id": "", "share": "1"},
                {"referral_id": "good", "department_id": "D_SECOND", "share": "0"},
                {"referral_id": "not yet sold", "department_id": "D_CORPORATE", "share": ""},
                {"referral_id": "of an unknown buyer", "department_id": "D_CORPORATE", "share": "1.5"},
                {"referral_id": "good", "department_id": "D_NONE", "share": "0"},
            ]
        ),
        "fee_transactions.csv": table(
            [
                *[fee(f"amount {key}", text) for key, (text, _) in keyed(AMOUNTS).items()],
                fee("refund", "-1.00", cost_amount="1e3"),
                fee("three faults", "1e3", product_code="", transaction_date="2026-2-3"),
            ]
        ),
        "visits.csv": table([visit(f"date {key}", text) for key, (text, _) in keyed(DATES).items()]),
        "financial_statements.csv": table(
            [
                {
                    "customer_id": "good",
                    "statement_date": STATEMENT_DAYS[int(key)],
                    "period_type": "annual",
                    "is_audited": text,
                }
                for key, (text, _) in keyed(BOOLEANS).items()
            ]
            + [{"customer_id": "good", "statement_date": "2026-06-30", "period_type": "Annual"}]
        ),
        "customer_scores.csv": table(
            [
                {"customer_id": "good", "score_code": code, "score_date": "2026-06-30", "score": score}
                for code, score in [("lowest", "0"), ("highest", "100"), ("low", "-0.0001"), ("high", "100.0001")]
            ]
        ),
        "fx_rates.csv": table(
            [
                {"rate_date": "2026-06-30", "currency": "USD", "rate_to_cny": "7.12345678"},
                {"rate_date": "2026-06-30", "currency": "EUR", "rate_to_cny": "0"},
                {"rate_date": "2026-06-30", "currency": "eur", "rate_to_cny": "8"},
            ]
        ),
        "cost_pools.csv": table(
            [
                {"period_month": "2026-07-01", "branch_id": "*", "pool_code": "rent", "amount": "1.00"},
                {"period_month": "2026-07-01", "branch_id": "B0", "pool_code": "rent", "amount": "2.00"},
            ]
        ),
    },
    "2026-09-30": {
        "branches.csv": table([{"branch_id": "B4", "branch_level": "outlet", "parent_branch_id": "B1"}]),
        "customers.csv": table(
            [
                customer("late"),
                customer("unchanged"),
                customer("changed", status="closed"),
                customer("there and back", customer_name="乙"),
                customer("worse", party_type="firm"),
                customer("mended"),
                customer(
                    "canary", party_type="individual", customer_name="王小二", id_number=CANARY_ID, phone=CANARY_PHONE
                ),
                customer("canary type", party_type=CANARY_ID, id_number=CANARY_ID, phone=CANARY_PHONE),
                customer(CANARY_WIDE, party_type="firm"),
                customer("canary branch", branch_id=CANARY_ID, phone=CANARY_PHONE),
                customer("canary phone", phone=CANARY_ID),
                customer("canary industry", industry_code=CANARY_PHONE),
                customer("canary date", established_date=CANARY_ID),
                customer("canary employees", employees=CANARY_PHONE),
                customer("canary status", status=CANARY_ID),
                customer("canary manager", relationship_manager_id=CANARY_ID),
                customer("canary twice", id_number=CANARY_ID),
                customer("canary twice", id_number=CANARY_ID + "X"),
            ]
        ),
        "accounts.csv": table(
            [
                account("canary customer", customer_id=CANARY_ID),
                account("canary opened", opened_date=CANARY_PHONE),
                account("canary product", product_code=CANARY_ID),
            ]
        ),
        "deposit_balances.csv": table(
            [
                balance("account", "2026-08-01", "150.00"),
                balance("account", "2026-08-02", "200.00"),
                balance("account", "2026-08-03", "abc"),
                balance("account", "2026-08-05", "502.00"),
                balance("account", "2026-08-07", "701.00"),
                balance("account", "2026/08/08", "808.00"),
            ]
        ),
        "referrals.csv": table(
            [
                referral("not yet sold", sold_date="2026-09-15"),
                referral("not yet sold, twice", sold_date="2026-12-01"),
            ]
        ),
        # a row that slipped into the header
        "prospects.csv": f"prospect_id,customer_name,{CANARY_ID},{CANARY_PHONE}\nP1,甲公司,,\n",
    },
    "2026-10-31": {
        "customers.csv": table(
            [
                customer("unchanged"),
                customer("changed", status="closed"),
                customer("there and back", customer_name="甲"),
            ]
        ),
        "deposit_balances/part-1.parquet": part({date(2026, 10, 1): "1.00", date(2026, 10, 2): "2.00"}),
        "deposit_balances/part-2.parquet": part({date(2026, 10, 2): "2.50", date(2026, 10, 1): "1.00"}),
        "deposit_balances/part-3.parquet": part({date(2026, 10, 3): "3.00", date(2026, 8, 7): "700.00"}),
        "deposit_balances/part-4.parquet": part({}),
        "fx_rates.parquet": without_currency(date(2026, 10, 1), Decimal("7.00000000")),
    },
}


@dataclass(frozen=True)
class Bank:
    """The built bank and what the command that built it said."""

    warehouse: Warehouse
    said: str

    def rows(self, query: str) -> list[tuple]:
        return self.warehouse.rows(query)

    def staged(self, relation: str, key: str, column: str) -> dict[str, object]:
        """A column of a staging model by the model's key."""
        return dict(self.rows(f"select {key}, {column} from staging.{relation}"))


def build(warehouse: Warehouse, inbox: Path, *arguments: str) -> Bank:
    result = warehouse.command("run", "--inbox", inbox, *arguments, BANKMART_PII_KEY=PII_KEY)
    assert result.returncode == 0, result.stderr
    status = warehouse.command("status", BANKMART_PII_KEY=PII_KEY)
    return Bank(warehouse, result.stdout + result.stderr + status.stdout + status.stderr)


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_inbox(tmp_path_factory.mktemp("inbox"), INBOX)


@pytest.fixture(scope="module")
def bank(new_warehouse, inbox: Path) -> Bank:
    """All three batches."""
    return build(new_warehouse(), inbox)


@pytest.fixture(scope="module")
def bank_in_august(new_warehouse, inbox: Path) -> Bank:
    """What the bank knew after the first batch."""
    return build(new_warehouse(), inbox, "--as-of", "2026-08-31")


def reasons(values: dict[str, object], column: str, key: str = "{}") -> dict[str, str]:
    """The reason codes that a table of texts expects, by key."""
    codes = ("missing_value", "bad_type", "bad_code", "out_of_range")
    return {
        key.format(number): f"{reason}:{column}" for number, (_, reason) in keyed(values).items() if reason in codes
    }


def of_days(days: list[str], values: dict[str, object], column: str, key: str) -> dict[str, str]:
    """The same where the key is a day."""
    return {key.format(days[int(number)]): code for number, code in reasons(values, column).items()}


QUARANTINED = {
    ("2026-08-31", "branches"): {"B9": "bad_code:branch_level"},
    ("2026-08-31", "customers"): {
        "": "missing_key",
        " \u3000": "missing_key",
        "no type": "missing_value:party_type",
        "Company": "bad_code:party_type",
        "two faults": "bad_code:party_type;missing_value:branch_id",
        "mended": "bad_code:party_type",
        "unknown branch": "unknown_reference:branch_id",
        "branch in quarantine": "unknown_reference:branch_id",
        "contradicted": "duplicate_in_batch",
    },
    ("2026-08-31", "accounts"): {
        "of nobody": "unknown_reference:customer_id",
        "of the contradicted": "unknown_reference:customer_id",
        "undated": "missing_value:opened_date",
        "misdated": "bad_type:opened_date",
        "unknown product": "bad_code:product_code",
    },
    ("2026-08-31", "deposit_balances"): {
        "account|2026-08-05": "duplicate_in_batch",
        "account|2026-08-06": "duplicate_in_batch",
        "account|": "missing_key",
        "account|2026-08-32": "bad_type:balance_date",
        "account|2026-08-09": "missing_value:balance",
        "no account|2026-08-01": "unknown_reference:account_id",
        "of nobody|2026-08-01": "unknown_reference:account_id",
    },
    ("2026-08-31", "loans"): {
        "of nobody": "unknown_reference:customer_id",
        "endless": "missing_value:maturity_date",
        **reasons(RATES, "interest_rate", "rate {}"),
    },
    ("2026-08-31", "loan_balances"): {"loan|2026-08-01": "out_of_range:principal_balance"},
    ("2026-08-31", "referrals"): {
        "negative": "out_of_range:quantity",
        "of an unknown lead": "unknown_reference:lead_department_id",
        # one of the two equal rows, and both that differ
        "not yet sold, twice": "out_of_range:sold_date",
        "not yet sold, or so": "out_of_range:sold_date;duplicate_in_batch",
    },
    ("2026-08-31", "referral_participants"): {"good|D_NONE": "unknown_reference:department_id", "|": "missing_key"},
    ("2026-08-31", "fee_transactions"): {
        **reasons(AMOUNTS, "fee_amount", "amount {}"),
        "three faults": "missing_value:product_code;bad_type:transaction_date;bad_type:fee_amount",
    },
    ("2026-08-31", "visits"): reasons(DATES, "visit_date", "date {}"),
    ("2026-08-31", "financial_statements"): {"good|2026-06-30|Annual": "bad_code:period_type"},
    ("2026-08-31", "customer_scores"): {
        "good|low|2026-06-30": "out_of_range:score",
        "good|high|2026-06-30": "out_of_range:score",
    },
    ("2026-08-31", "fx_rates"): {"2026-06-30|EUR": "out_of_range:rate_to_cny", "2026-06-30|eur": "bad_code:currency"},
    ("2026-08-31", "cost_pools"): {"2026-07-01|B0|rent": "unknown_reference:branch_id"},
    ("2026-09-30", "customers"): {
        "worse": "bad_code:party_type",
        "canary type": "bad_code:party_type",
        CANARY_WIDE: "bad_code:party_type",
        "canary branch": "unknown_reference:branch_id",
        "canary twice": "duplicate_in_batch",
    },
    ("2026-09-30", "accounts"): {
        "canary customer": "unknown_reference:customer_id",
        "canary opened": "bad_type:opened_date",
        "canary product": "bad_code:product_code",
    },
    ("2026-09-30", "deposit_balances"): {"account|2026-08-03": "bad_type:balance"},
    ("2026-10-31", "deposit_balances"): {"account|2026-10-02": "duplicate_in_batch"},
    ("2026-10-31", "fx_rates"): {"2026-10-01|": "missing_key"},
}

EMPTIED = {
    ("2026-08-31", "branches"): {"B3": "unknown_reference:parent_branch_id"},
    ("2026-08-31", "customers"): {
        "negative capital": "out_of_range:registered_capital",
        "unknown manager": "unknown_reference:relationship_manager_id",
        **reasons(INTEGERS, "employees", "employees {}"),
        **reasons(INDUSTRIES, "industry_code", "industry {}"),
        **reasons(PHONES, "phone", "phone {}"),
        **reasons(STATUSES, "status", "status {}"),
    },
    ("2026-08-31", "accounts"): {
        "unknown branch": "unknown_reference:branch_id",
        **reasons(CURRENCIES, "currency", "currency {}"),
    },
    ("2026-08-31", "loans"): {"repriced never": "out_of_range:reprice_months"},
    ("2026-08-31", "loan_balances"): {
        **of_days(DAYS, RISK_GRADES, "risk_grade", "loan|{}"),
        "loan|2026-08-03": "out_of_range:days_overdue",
        "loan|2026-08-04": "bad_type:interest_rate",
    },
    ("2026-08-31", "referrals"): {"of an unknown buyer": "unknown_reference:buyer_customer_id"},
    ("2026-08-31", "referral_participants"): {"of an unknown buyer|D_CORPORATE": "out_of_range:share"},
    ("2026-08-31", "fee_transactions"): {"refund": "bad_type:cost_amount"},
    ("2026-08-31", "financial_statements"): of_days(STATEMENT_DAYS, BOOLEANS, "is_audited", "good|{}|annual"),
    ("2026-09-30", "customers"): {
        "canary phone": "bad_type:phone",
        "canary industry": "bad_code:industry_code",
        "canary date": "bad_type:established_date",
        "canary employees": "out_of_range:employees",
        "canary status": "bad_code:status",
        "canary manager": "unknown_reference:relationship_manager_id",
    },
}


def listed(bank: Bank, model: str, column: str) -> dict[tuple[str, str], dict[str, str]]:
    """Reason codes by batch, extract and key."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for day, extract, key, codes in bank.rows(
        f"select batch_date::varchar, extract, record_key, {column} from quality.{model}"
    ):
        rows = found.setdefault((day, extract), {})
        assert rows.setdefault(key, codes) == codes
    return found


def test_only_what_is_expected_has_bad_rows(bank: Bank) -> None:
    assert set(listed(bank, "quarantined_records", "reason_codes")) == set(QUARANTINED)
    assert set(listed(bank, "emptied_values", "reason_code")) == set(EMPTIED)


@pytest.mark.parametrize("delivery", QUARANTINED, ids="/".join)
def test_bad_rows_are_quarantined_with_their_reasons(bank: Bank, delivery: tuple[str, str]) -> None:
    assert listed(bank, "quarantined_records", "reason_codes")[delivery] == QUARANTINED[delivery]


@pytest.mark.parametrize("delivery", EMPTIED, ids="/".join)
def test_bad_optional_values_are_emptied_with_their_reasons(bank: Bank, delivery: tuple[str, str]) -> None:
    assert listed(bank, "emptied_values", "reason_code")[delivery] == EMPTIED[delivery]


def test_a_quarantined_row_is_kept_as_delivered(bank: Bank) -> None:
    ((file, row_number, raw),) = bank.rows(
        "select file, row_number, raw_record from quality.quarantined_records where record_key = 'three faults'"
    )
    assert (file, row_number) == ("fee_transactions.csv", len(AMOUNTS) + 2)
    assert json.loads(raw) == {
        "transaction_id": "three faults",
        "customer_id": "good",
        "product_code": "",
        "transaction_date": "2026-2-3",
        "fee_amount": "1e3",
        "cost_amount": "",
        "branch_id": None,
    }


def test_an_emptied_value_is_kept_as_delivered(bank: Bank) -> None:
    rows = bank.rows(
        "select file, row_number, column_name, raw_value from quality.emptied_values where record_key = 'refund'"
    )
    assert rows == [("fee_transactions.csv", len(AMOUNTS) + 1, "cost_amount", "1e3")]


def test_both_rows_of_a_contradiction_are_quarantined(bank: Bank) -> None:
    rows = bank.rows(
        "select extract, record_key, count(*) from quality.quarantined_records "
        "where reason_codes = 'duplicate_in_batch' group by all"
    )
    assert set(rows) == {
        ("customers", "contradicted", 2),
        ("customers", "canary twice", 2),
        ("deposit_balances", "account|2026-08-05", 2),
        ("deposit_balances", "account|2026-08-06", 3),
        ("deposit_balances", "account|2026-10-02", 2),
    }


# table of texts, staging model, its key, key of a text, column
VALUES = {
    "amount": (AMOUNTS, "stg_core__fee_transactions", "transaction_id", "amount {}", "fee_amount"),
    "date": (DATES, "stg_crm__visits", "visit_id", "date {}", "visit_date"),
    "integer": (INTEGERS, "stg_core__customers", "customer_id", "employees {}", "employees"),
    "rate": (RATES, "stg_credit__loans", "loan_id", "rate {}", "interest_rate"),
    "industry": (INDUSTRIES, "stg_core__customers", "customer_id", "industry {}", "industry_code"),
    "currency": (CURRENCIES, "stg_core__accounts", "account_id", "currency {}", "currency"),
    "status": (STATUSES, "stg_core__customers", "customer_id", "status {}", "status"),
}
REQUIRED = {"amount", "date", "rate"}
DEFAULTS = {"currency": "CNY", "status": "active"}


@pytest.mark.parametrize(("kind", "number"), [(kind, number) for kind in VALUES for number in keyed(VALUES[kind][0])])
def test_a_value_is_read_once_and_strictly(bank: Bank, kind: str, number: str) -> None:
    values, relation, key, name, column = VALUES[kind]
    text, expected = keyed(values)[number]
    staged = bank.staged(relation, key, column)
    is_bad = name.format(number) in reasons(values, column, name)
    if is_bad and kind in REQUIRED:
        assert name.format(number) not in staged, text
    else:
        assert staged[name.format(number)] == (DEFAULTS.get(kind) if is_bad else expected), text


@pytest.mark.parametrize("number", keyed(RISK_GRADES))
def test_a_risk_grade_is_read_as_a_word_or_a_digit(bank: Bank, number: str) -> None:
    text, expected = keyed(RISK_GRADES)[number]
    staged = bank.staged("stg_credit__loan_balances", "balance_date::varchar", "risk_grade")
    assert staged[DAYS[int(number)]] == (None if expected == "bad_code" else expected), text


@pytest.mark.parametrize("number", keyed(BOOLEANS))
def test_a_boolean_is_read_in_either_language(bank: Bank, number: str) -> None:
    text, expected = keyed(BOOLEANS)[number]
    staged = bank.staged("stg_credit__financial_statements", "statement_date::varchar", "is_audited")
    assert staged[STATEMENT_DAYS[int(number)]] is (None if expected == "bad_type" else expected), text


@pytest.mark.parametrize("number", keyed(PHONES))
def test_a_bad_phone_loses_no_customer(bank: Bank, number: str) -> None:
    text, expected = keyed(PHONES)[number]
    staged = bank.staged("stg_core__customers", "customer_id", "phone_hash")
    assert staged[f"phone {number}"] == (None if expected == "bad_type" else hashed(expected)), text


def hashed(text: str) -> str:
    return hmac.new(PII_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


@pytest.mark.parametrize("key", ["k", "钥匙", "x" * 64, "x" * 65, "x" * 200])
def test_the_padded_keys_are_those_of_hmac(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("BANKMART_PII_KEY", key)
    inner, outer = padded_keys()
    digest = hashlib.sha256(outer + hashlib.sha256(inner + "号码".encode()).digest()).hexdigest()
    assert digest == hmac.new(key.encode(), "号码".encode(), hashlib.sha256).hexdigest()


def test_personal_numbers_are_staged_as_keyed_hashes(bank: Bank) -> None:
    rows = bank.rows("select id_number_hash, phone_hash from staging.stg_core__customers where customer_id = 'canary'")
    assert rows == [(hashed(CANARY_ID), hashed(CANARY_PHONE))]


@pytest.mark.parametrize(
    ("customer_id", "name"),
    [("007", "岚江一号公司"), ("7", "岚江二号公司"), ("008", "岚江三号公司"), ("009", "第１ 纺织\u3000厂")],
    ids=[
        "leading zeros count",
        "no leading zeros",
        "full-width digits of an id are made plain",
        "a name keeps what is inside",
    ],
)
def test_ids_and_names_are_text(bank: Bank, customer_id: str, name: str) -> None:
    assert bank.staged("stg_core__customers", "customer_id", "customer_name")[customer_id] == name


def test_references_hold_across_spellings(bank: Bank) -> None:
    assert bank.staged("stg_core__accounts", "account_id", "customer_id")["of 8"] == "008"


@pytest.mark.parametrize(
    ("relation", "key", "accepted"),
    [
        ("stg_core__accounts", "account_id = 'of a late customer'", SEPTEMBER),
        ("stg_core__accounts", "account_id = 'of the mended'", SEPTEMBER),
        ("stg_core__deposit_balances", "account_id = 'of a late customer'", SEPTEMBER),
        ("stg_core__customers", "customer_id = 'later branch'", SEPTEMBER),
        ("stg_core__customers", "customer_id = 'good'", AUGUST),
        ("stg_crm__referral_participants", "referral_id = 'not yet sold'", SEPTEMBER),
        ("stg_crm__referral_participants", "referral_id = 'good' and department_id = 'D_SECOND'", AUGUST),
    ],
)
def test_a_row_is_accepted_from_the_batch_that_brings_what_it_needs(
    bank: Bank, relation: str, key: str, accepted: date
) -> None:
    assert bank.rows(f"select batch_date, accepted_date from staging.{relation} where {key}") == [(AUGUST, accepted)]


def test_a_row_waits_in_quarantine_for_what_it_needs(bank_in_august: Bank) -> None:
    found = listed(bank_in_august, "quarantined_records", "reason_codes")
    assert {day for day, _ in found} == {"2026-08-31"}
    assert found["2026-08-31", "customers"]["later branch"] == "unknown_reference:branch_id"
    assert found["2026-08-31", "accounts"]["of a late customer"] == "unknown_reference:customer_id"
    assert found["2026-08-31", "accounts"]["of the mended"] == "unknown_reference:customer_id"
    assert found["2026-08-31", "deposit_balances"]["of a late customer|2026-08-01"] == "unknown_reference:account_id"
    assert found["2026-08-31", "referral_participants"]["not yet sold|D_CORPORATE"] == "unknown_reference:referral_id"
    assert (
        listed(bank_in_august, "emptied_values", "reason_code")["2026-08-31", "accounts"]["later branch"]
        == "unknown_reference:branch_id"
    )


def test_an_optional_reference_comes_back_with_what_it_names(bank: Bank, bank_in_august: Bank) -> None:
    assert bank_in_august.staged("stg_core__accounts", "account_id", "branch_id")["later branch"] is None
    assert bank.staged("stg_core__accounts", "account_id", "branch_id")["later branch"] == "B4"


def test_a_sale_after_its_batch_is_mended_by_the_next(bank: Bank, bank_in_august: Bank) -> None:
    rows = bank.rows("select batch_date, sold_date from staging.stg_crm__referrals where referral_id = 'not yet sold'")
    assert rows == [(SEPTEMBER, date(2026, 9, 15))]
    before = listed(bank_in_august, "quarantined_records", "reason_codes")["2026-08-31", "referrals"]
    assert before["not yet sold"] == "out_of_range:sold_date"


def test_a_share_of_nothing_is_kept_and_so_are_all_digits_of_a_double(bank: Bank) -> None:
    shares = bank.rows(
        "select department_id, share from staging.stg_crm__referral_participants where referral_id = 'good' order by 1"
    )
    assert shares == [("D_CORPORATE", Decimal("0.99999999999999999")), ("D_SECOND", 0)]


@pytest.mark.parametrize(
    ("customer_id", "versions"),
    [
        ("unchanged", [(AUGUST, "岚江好客户有限公司", "active")]),
        ("changed", [(AUGUST, "岚江好客户有限公司", "active"), (SEPTEMBER, "岚江好客户有限公司", "closed")]),
        ("there and back", [(AUGUST, "甲", "active"), (SEPTEMBER, "乙", "active"), (OCTOBER, "甲", "active")]),
        ("worse", [(AUGUST, "岚江好客户有限公司", "active")]),
        ("mended", [(SEPTEMBER, "岚江好客户有限公司", "active")]),
        ("repeated", [(AUGUST, "岚江好客户有限公司", "active")]),
        ("repeated in other words", [(AUGUST, "岚江好客户有限公司", "active")]),
        ("contradicted", []),
        ("unknown branch", []),
    ],
)
def test_every_change_of_a_customer_is_a_version_and_nothing_else(bank: Bank, customer_id: str, versions: list) -> None:
    rows = bank.rows(
        "select batch_date, customer_name, status from staging.stg_core__customers "
        f"where customer_id = '{customer_id}' order by 1"
    )
    assert rows == versions


@pytest.mark.parametrize(
    ("day", "amount", "batch"),
    [
        pytest.param("2026-08-01", "150.00", SEPTEMBER, id="a newer batch corrects"),
        pytest.param("2026-08-02", "200.00", AUGUST, id="a newer batch repeats"),
        pytest.param("2026-08-03", "300.00", AUGUST, id="a newer bad row displaces nothing"),
        pytest.param("2026-08-04", "400.00", AUGUST, id="exact duplicates count once"),
        pytest.param("2026-08-05", "502.00", SEPTEMBER, id="a newer batch mends a contradiction"),
        pytest.param("2026-08-06", None, None, id="a contradiction stays out"),
        pytest.param("2026-08-07", "700.00", OCTOBER, id="there and back"),
        pytest.param("2026-08-08", "808.00", SEPTEMBER, id="the key in another spelling"),
        pytest.param("2026-08-09", None, None, id="no balance"),
        pytest.param("2026-10-01", "1.00", OCTOBER, id="exact duplicates across parts"),
        pytest.param("2026-10-02", None, None, id="a contradiction across parts"),
        pytest.param("2026-10-03", "3.00", OCTOBER, id="one part"),
    ],
)
def test_the_newest_good_balance_of_a_day_counts(bank: Bank, day: str, amount: str | None, batch: date | None) -> None:
    rows = bank.rows(
        "select balance, batch_date from staging.stg_core__deposit_balances "
        f"where account_id = 'account' and balance_date = '{day}'"
    )
    assert rows == ([(Decimal(amount), batch)] if amount else [])


# batch, extract: rows read, accepted, superseded, quarantined, and the money of each
RECONCILED = {
    ("2026-08-31", "deposit_balances"): ((19, 4, 5, 10), ("6120.00", "905.00", "2400.00", "2815.00")),
    ("2026-09-30", "deposit_balances"): ((6, 3, 2, 1), ("2361.00", "1460.00", "901.00", "0.00")),
    ("2026-10-31", "deposit_balances"): ((6, 3, 1, 2), ("709.50", "704.00", "1.00", "4.50")),
    ("2026-08-31", "loan_balances"): ((17, 16, 0, 1), ("14999.99", "15000.00", "0.00", "-0.01")),
    ("2026-08-31", "cost_pools"): ((2, 1, 0, 1), ("3.00", "1.00", "0.00", "2.00")),
    ("2026-10-31", "customers"): ((3, 1, 2, 0), None),
    ("2026-08-31", "referrals"): ((9, 2, 2, 5), ("0.00",) * 4),
    ("2026-09-30", "referrals"): ((2, 1, 1, 0), ("0.00",) * 4),
    ("2026-08-31", "branches"): ((4, 3, 0, 1), None),
}


@pytest.mark.parametrize("delivery", RECONCILED, ids="/".join)
def test_rows_and_money_are_accounted_for(bank: Bank, delivery: tuple[str, str]) -> None:
    day, extract = delivery
    ((*rows, read, accepted, superseded, quarantined),) = bank.rows(
        "select rows_read, rows_accepted, rows_superseded, rows_quarantined, "
        "money_read, money_accepted, money_superseded, money_quarantined "
        f"from quality.extract_reconciliation where batch_date = '{day}' and extract = '{extract}'"
    )
    expected_rows, expected_money = RECONCILED[delivery]
    assert tuple(rows) == expected_rows
    money = (read, accepted, superseded, quarantined)
    assert money == (tuple(map(Decimal, expected_money)) if expected_money else (None,) * 4)


def test_the_money_of_every_readable_amount_is_accounted_for(bank: Bank) -> None:
    readable = sum((amount for amount in AMOUNTS.values() if isinstance(amount, Decimal)), Decimal(0))
    rows = bank.rows(
        "select money_read, money_accepted, money_quarantined from quality.extract_reconciliation "
        "where extract = 'fee_transactions'"
    )
    assert rows == [(readable - 1, readable - 1, 0)]


def test_every_delivery_is_balanced(bank: Bank, bank_in_august: Bank) -> None:
    delivered = {(day, name.partition(".")[0].partition("/")[0]) for day, files in INBOX.items() for name in files}
    query = """
        select batch_date::varchar, extract, is_balanced,
            rows_read = rows_accepted + rows_superseded + rows_quarantined,
            coalesce(money_read = money_accepted + money_superseded + money_quarantined, true)
        from quality.extract_reconciliation
    """
    assert set(bank.rows(query)) == {(*delivery, True, True, True) for delivery in delivered}
    first = {delivery for delivery in delivered if delivery[0] == "2026-08-31"}
    assert set(bank_in_august.rows(query)) == {(*delivery, True, True, True) for delivery in first}


def test_a_quarantined_row_counts_as_quarantined_once(bank: Bank) -> None:
    query = """
        select reconciliation.batch_date, reconciliation.extract
        from quality.extract_reconciliation as reconciliation
        left join quality.quarantined_records as records using (batch_date, extract)
        group by all
        having any_value(rows_quarantined) <> count(records.row_number)
    """
    assert bank.rows(query) == []


CANARIES = [CANARY_ID, CANARY_PHONE, CANARY_WIDE, CANARY_ID.lower()]


def test_the_canaries_are_in_the_bank(bank: Bank) -> None:
    """What the next tests look for is there to be found."""
    raw = str(
        bank.rows(
            "select raw_record from quality.quarantined_records union all select raw_value from quality.emptied_values"
        )
    )
    assert CANARY_ID in raw and CANARY_PHONE in raw and CANARY_WIDE in raw


@pytest.mark.parametrize("place", ["published", "target", "logs", "build.json", "lock"])
def test_no_canary_is_in_any_byte_outside_the_archive_and_the_build_database(bank: Bank, place: str) -> None:
    root = bank.warehouse.home / place
    files = [root] if root.is_file() else [path for path in root.rglob("*") if path.is_file()]
    assert files
    assert [(path, canary) for path in files for canary in CANARIES if canary.encode() in path.read_bytes()] == []


def test_nothing_else_is_in_the_home(bank: Bank) -> None:
    """A new place would have to be searched for canaries, too."""
    names = {path.name for path in bank.warehouse.home.iterdir()}
    places = {"archive", "bankmart.duckdb", "published", "target", "logs", "build.json", "lock", "ledger_seals.parquet"}
    assert names == places


def test_no_canary_is_in_any_published_value(bank: Bank) -> None:
    """Looks through the compression of the file."""
    with duckdb.connect(
        str(bank.warehouse.home / "published" / "current" / "bankmart.duckdb"), read_only=True
    ) as connection:
        tables = connection.execute("select schema_name, table_name from duckdb_tables()").fetchall()
        assert len(tables) > 5
        for schema, name in tables:
            text = str(connection.execute(f"from {schema}.{name}").fetchall())
            assert not any(canary in text for canary in CANARIES), name
        columns = {row[0] for row in connection.execute("select column_name from duckdb_columns()").fetchall()}
    assert not columns & {"raw_record", "raw_value", "id_number", "phone"}


def test_no_canary_is_in_what_the_command_says(bank: Bank) -> None:
    assert "published" in bank.said and "warning" in bank.said
    assert not any(canary in bank.said for canary in CANARIES)


@pytest.mark.parametrize(
    "content",
    [
        f"good,{CANARY_ID},{CANARY_PHONE}\n",
        f"customer_id,party_type,branch_id\ngood,company,{CANARY_ID},{CANARY_PHONE}\n",
        f'customer_id,party_type,branch_id\ngood,company,"{CANARY_ID}"{CANARY_PHONE}\n',
        f"customer_id,party_type,branch_id,{CANARY_ID},{CANARY_ID}\n",
        f"customer_id,party_type,branch_id\n{CANARY_ID},company,\0\n",
    ],
    ids=[
        "in the place of the header",
        "too many fields",
        "beside a quote",
        "as a column name twice",
        "beside a NUL byte",
    ],
)
def test_no_canary_is_in_the_line_that_refuses_its_file(new_warehouse, tmp_path: Path, content: str) -> None:
    inbox = write_inbox(tmp_path, {"2026-08-31": {"customers.csv": content}})
    result = new_warehouse().command("land", "--inbox", inbox, BANKMART_PII_KEY=PII_KEY)
    assert result.returncode == 1
    assert "customers.csv: line" in result.stderr
    assert not any(canary in result.stdout + result.stderr for canary in CANARIES)
