"""Write the demo bank: examples/demo_bank/batch_date=*/ and the tables in examples/README.md.

    python examples/make_demo_bank.py

About 300 customers, three batches. The planted stories come from demo_bank_stories.py; this file holds the
bank that records them, the background customers around them (seeded, so every run writes the same bytes) and
the writer. The columns of the extracts are the contract's.
"""

import csv
import io
import math
import re
import string
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from random import Random

import demo_bank_stories as stories
from bankmart.contract import extracts
from demo_bank_stories import FIRST, SECOND, THIRD, WAN

HERE = Path(__file__).resolve().parent
SEED = "岚江银行 2026"
BATCHES = (FIRST, SECOND, THIRD)
HISTORY_START = "2025-08-01"

KEYS = {extract.name: [column.name for column in extract.columns if column.is_key] for extract in extracts().values()}
COLUMNS = {extract.name: [column.name for column in extract.columns] for extract in extracts().values()}

# The date of a row decides which batch brings it, unless a story says otherwise; other extracts come with the first.
DELIVERY_DATE = {
    "customers": "opened_date", "accounts": "opened_date", "deposit_balances": "balance_date", "loans": "start_date",
    "loan_balances": "balance_date", "referrals": "sold_date", "financial_statements": "statement_date",
    "fee_transactions": "transaction_date", "credit_lines": "valid_from", "product_holdings": "signed_date",
    "customer_tags": "valid_from", "customer_relationships": "valid_from", "customer_scores": "score_date",
    "prospect_scores": "score_date", "visits": "visit_date", "payroll_runs": "paid_date",
    "property_projects": "as_of_date", "counterparty_flows": "flow_date", "referral_reviews": "review_date",
    "performance_claims": "claim_date", "cost_pools": "period_month", "ftp_curves": "curve_date",
    "fx_rates": "rate_date", "staff_appraisals": "appraisal_date",
}
AMOUNTS = {
    "registered_capital", "balance", "contract_amount", "principal_balance", "amount", "total_assets", "revenue",
    "net_profit", "net_assets", "fee_amount", "cost_amount", "approved_amount", "development_loan_total",
    "development_loan_ours",
}
# (encoding, line end) of the files that are not plain UTF-8 with LF
FILE_STYLES = {
    (SECOND, "customers"): ("gb18030", "\n"),
    (SECOND, "financial_statements"): ("utf-8-sig", "\r\n"),
}


# --- Codes that look right and belong to nobody (area code 990000) -----------------------------------------

CREDIT_CODE_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def social_credit_code(customer_id, prefix="91"):
    """A unified social credit code (GB 32100-2015) with both of its check characters."""
    body = "MA" + customer_id
    digits = string.digits + string.ascii_uppercase
    check = 11 - sum(digits.index(c) * w for c, w in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    code = f"{prefix}990000{body}{'0123456789X0'[check]}"
    check = (31 - sum(CREDIT_CODE_DIGITS.index(c) * pow(3, i, 31) for i, c in enumerate(code)) % 31) % 31
    return code + CREDIT_CODE_DIGITS[check]


def citizen_number(customer_id):
    """An id number (GB 11643-1999) with its check character."""
    rng = Random(f"{SEED} birth {customer_id}")
    born = date(1958, 1, 1) + timedelta(days=rng.randrange(16000))
    body = f"990000{born:%Y%m%d}{int(customer_id) % 1000:03d}"
    return body + "10X98765432"[sum(int(c) * pow(2, 17 - i, 11) for i, c in enumerate(body)) % 11]


def phone_number(customer_id):
    return f"1990000{int(customer_id) % 10000:04d}"


# --- Dates -------------------------------------------------------------------------------------------------

def plus_days(day, days):
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def plus_months(day, months):
    year, month = divmod(int(day[:4]) * 12 + int(day[5:7]) - 1 + months, 12)
    return f"{year:04d}-{month + 1:02d}-{min(int(day[8:10]), 28):02d}"


def months_between(first, last):
    """The months first..last, as YYYY-MM."""
    month = first + "-01"
    while month[:7] <= last:
        yield month[:7]
        month = plus_months(month, 1)


def batch_of(day):
    return next((batch for batch in BATCHES if day <= batch), None)


class Bank:
    """All rows of all batches, and the phrases in which the stories are told."""

    def __init__(self):
        self.rows = {}  # (batch, extract) -> {key: row}
        self.extra_rows = {}  # (batch, extract) -> rows outside the keys: wrong ones and exact duplicates
        self.spellings = {}  # (batch, extract, key) -> {column: text}
        self.tales = {}  # README section -> table rows
        self.branches = {}
        self.managers = {}  # branch -> its relationship managers
        self.visitors = {}  # (role, branch) -> employee
        self.counters = Counter()

    # rows

    def add(self, extract, batch=None, **values):
        """Add one row. Without a batch, the row's own date decides."""
        unknown = set(values) - set(COLUMNS[extract])
        assert not unknown, f"{extract} has no {unknown}"
        batch = batch or batch_of(values.get(DELIVERY_DATE.get(extract)) or FIRST)
        assert batch, f"{extract}: {values} is later than the last batch"
        row = {column: self.text(column, values.get(column)) for column in COLUMNS[extract]}
        key = tuple(row[column] for column in KEYS[extract])
        rows = self.rows.setdefault((batch, extract), {})
        assert key not in rows, f"{extract} {batch} has {key} twice"
        rows[key] = row
        return row

    @staticmethod
    def text(column, value):
        if value is None:
            return ""
        if column in AMOUNTS and not isinstance(value, str):
            return f"{value:.2f}"
        return str(value)

    def newest(self, extract, key, before=None):
        """The newest version of a row, or the newest before a batch."""
        for batch in reversed(BATCHES):
            if (before is None or batch < before) and key in self.rows.get((batch, extract), {}):
                return self.rows[batch, extract][key]
        raise KeyError((extract, key))

    def change(self, extract, key, batch, **changes):
        """Deliver a row again in a later batch, changed."""
        key = key if isinstance(key, tuple) else (key,)
        self.add(extract, batch, **{**self.newest(extract, key, before=batch), **changes})

    def next_id(self, prefix, width):
        self.counters[prefix] += 1
        return f"{prefix}{self.counters[prefix]:0{width}d}"

    # the README

    def tell(self, section, *cells):
        self.tales.setdefault(section, []).append(cells)

    # wrong rows and odd spellings

    def wrong(self, batch, extract, reason, what, **values):
        """A row that must be quarantined, as text."""
        row = {column: values.get(column, "") for column in COLUMNS[extract]}
        self.extra_rows.setdefault((batch, extract), []).append(row)
        self.expect(batch, extract, "/".join(row[column] for column in KEYS[extract]) or "(none)", reason, what)

    def expect(self, batch, extract, key, reason, what, mended="", own_row=True):
        """A row that an ordinary looking story sends to quarantine."""
        where = batch if own_row else f"{batch} (the row is of {FIRST})"
        self.tell("wrong_rows", where, extract, key, f"`{reason}`", what, mended or "never")

    def repeat(self, batch, extract, key):
        """The same row twice in one file: one is kept, the other counts as superseded."""
        self.extra_rows.setdefault((batch, extract), []).append(self.rows[batch, extract][key])
        self.tell("superseded", batch, extract, "/".join(key))

    def dress(self, batch, extract, key, note, **texts):
        """Write values of a row in another accepted way."""
        key = key if isinstance(key, tuple) else (key,)
        assert key in self.rows[batch, extract], (batch, extract, key)
        self.spellings.setdefault((batch, extract, key), {}).update(texts)
        shown = ", ".join(f"{column} `{text}`" for column, text in texts.items())
        self.tell("spellings", batch, extract, "/".join(key), note, shown)

    def spoil(self, batch, extract, key, column, text, reason):
        """Put an unusable value into an optional column of a row."""
        self.spellings.setdefault((batch, extract, (key,)), {})[column] = text
        self.emptied(batch, extract, key, column, text, reason)

    def emptied(self, batch, extract, key, column, text, reason):
        self.tell("emptied", batch, extract, key, column, f"`{text}`", f"`{reason}`")

    # customers

    def customer(self, customer_id, name, branch_id, shows, *, batch=None, opened="2016-04-18", **columns):
        branch = self.branches[branch_id]
        managers = self.managers[branch_id]
        self.add("customers", batch, **{
            "customer_id": customer_id, "customer_name": name, "branch_id": branch_id, "opened_date": opened,
            "region_code": branch["region_code"], "city_code": branch["city_code"], "status": "active",
            "phone": phone_number(customer_id),
            "relationship_manager_id": managers[int(customer_id) % len(managers)], **columns})
        if shows:
            self.tell(f"customers {customer_id[:4]}", customer_id, name, shows)

    def company(self, customer_id, name, industry_code, branch_id, shows="", *, statement=None, deposit=None,
                loan=None, established="2009-06-18", capital=2000 * WAN, employees=150, group="", role="", **columns):
        """A company, its last two annual statements (total assets, revenue), one account and one loan."""
        opened = columns.get("opened", "2016-04-18")
        self.customer(customer_id, name, branch_id, shows, **{
            "party_type": "company", "industry_code": industry_code, "established_date": established,
            "registered_capital": capital, "employees": employees, "group_id": group, "group_role": role,
            "unified_social_credit_code": social_credit_code(customer_id), **columns})
        for year in (2024, 2025) if statement else ():
            self.statement(customer_id, f"{year}-12-31", *statement)
        self.first_account(customer_id, deposit, "dep_demand_corp", "basic", opened)
        if loan:
            self.first_loan(customer_id, loan)

    def institution(self, customer_id, name, institution_type, admin_level, branch_id, shows="", *, deposit=None,
                    loan=None, **columns):
        prefixes = {"social_organization": "51", "trade_union": "81", "party_government": "11"}
        prefix = prefixes.get(institution_type, "12")
        self.customer(customer_id, name, branch_id, shows, **{
            "party_type": "institution", "institution_type": institution_type, "admin_level": admin_level,
            "unified_social_credit_code": social_credit_code(customer_id, prefix), **columns})
        self.first_account(customer_id, deposit, "dep_demand_corp", "basic", columns.get("opened", "2016-04-18"))
        if loan:
            self.first_loan(customer_id, loan)

    def person(self, customer_id, name, branch_id, shows="", *, deposit=None, **columns):
        self.customer(customer_id, name, branch_id, shows, **{
            "party_type": "individual", "id_number": citizen_number(customer_id), **columns})
        self.first_account(customer_id, deposit, "dep_demand_retail", "personal", columns.get("opened", "2016-04-18"))

    def sole_trader(self, customer_id, name, branch_id, shows="", *, deposit=None, **columns):
        self.customer(customer_id, name, branch_id, shows, **{
            "party_type": "sole_trader", "unified_social_credit_code": social_credit_code(customer_id, "92"),
            **columns})
        self.first_account(customer_id, deposit, "dep_demand_corp", "general", columns.get("opened", "2016-04-18"))

    def first_account(self, customer_id, deposit, product, kind, opened):
        if deposit is None:
            return
        balances = deposit if isinstance(deposit, list) else [(max(HISTORY_START, opened), deposit)]
        self.account(f"A{customer_id}1", customer_id, product, opened=opened, kind=kind, balances=balances)

    def first_loan(self, customer_id, principal):
        rng = Random(f"{SEED} first loan {customer_id}")
        product = rng.choice(("loan_working_capital", "loan_working_capital", "loan_fixed_asset", "loan_trade_finance"))
        self.loan(f"L{customer_id}1", customer_id, product, "2024-03-11", "2027-03-11",
                  f"{rng.uniform(0.031, 0.048):.4f}",
                  floating=rng.choice(REPRICING), guarantee=rng.choice(GUARANTEES), rating=rng.choice(RATINGS),
                  balances=[(HISTORY_START, principal, "pass")])

    # accounts and loans

    def account(self, account_id, customer_id, product, *, opened, balances=(), rate="0.0010", kind="general",
                currency="CNY", branch=None, closed="", term="", maturity=""):
        home = self.newest("customers", (customer_id,))["branch_id"]
        self.add("accounts", account_id=account_id, customer_id=customer_id, product_code=product,
                 branch_id=branch or home, currency=currency, account_kind=kind, opened_date=opened,
                 closed_date=closed, interest_rate=rate, term_months=term, maturity_date=maturity)
        for day, balance in balances:
            self.balance(account_id, day, balance)

    def balance(self, account_id, day, balance, rate="", batch=None):
        self.add("deposit_balances", batch, account_id=account_id, balance_date=day, balance=balance,
                 interest_rate=rate)

    def loan(self, loan_id, customer_id, product, start, maturity, rate, *, balances, floating=None, guarantee="",
             rating="", project="", currency="CNY"):
        self.add("loans", loan_id=loan_id, customer_id=customer_id, product_code=product,
                 branch_id=self.newest("customers", (customer_id,))["branch_id"], currency=currency,
                 contract_amount=max(amount for _, amount, *_ in balances), start_date=start, maturity_date=maturity,
                 interest_rate=rate, rate_type="floating" if floating else "fixed", reprice_months=floating,
                 guarantee_type=guarantee, internal_rating=rating, project_id=project)
        for day, principal, grade, *overdue in balances:
            self.add("loan_balances", loan_id=loan_id, balance_date=day, principal_balance=principal,
                     risk_grade=grade, days_overdue=overdue[0] if overdue else None)

    # what hangs on a customer

    def statement(self, customer_id, day, assets, revenue, kind="annual", employees=None, batch=None):
        known = [value for value in (assets, revenue) if value is not None]
        self.add("financial_statements", batch, customer_id=customer_id, statement_date=day, period_type=kind,
                 total_assets=assets, revenue=revenue, net_profit=round(known[-1] * 0.043, 2),
                 net_assets=round(known[0] * 0.42, 2), employees=employees,
                 is_audited="true" if kind == "annual" else "false")

    def tag(self, customer_id, tag_code, valid_from, valid_to="", source="总行名单"):
        self.add("customer_tags", customer_id=customer_id, tag_code=tag_code, valid_from=valid_from,
                 valid_to=valid_to, source=source)

    def credit_line(self, credit_line_id, customer_id, amount, valid_from, valid_to=""):
        self.add("credit_lines", credit_line_id=credit_line_id, customer_id=customer_id, approved_amount=amount,
                 valid_from=valid_from, valid_to=valid_to)

    def holding(self, customer_id, product, signed, ended=""):
        holding_id = self.next_id(f"H{customer_id}", 2)
        self.add("product_holdings", holding_id=holding_id, customer_id=customer_id, product_code=product,
                 signed_date=signed, ended_date=ended, is_active="false" if ended else "true")
        return holding_id

    def payroll(self, customer_id, first, last, people, amount):
        for month in months_between(first, last):
            self.add("payroll_runs", payroll_run_id=f"P{customer_id}{month[2:4]}{month[5:]}",
                     employer_customer_id=customer_id, paid_date=f"{month}-10", employees_paid=str(people),
                     amount=amount)

    def visit(self, customer_id, role, day):
        branch_id = self.newest("customers", (customer_id,))["branch_id"]
        visitor = (self.newest("customers", (customer_id,))["relationship_manager_id"]
                   if role == "relationship_manager" else self.visitors[role, branch_id])
        self.add("visits", visit_id=self.next_id("V1", 5), customer_id=customer_id, visitor_role=role,
                 visitor_id=visitor, visit_date=day)

    def visits(self, customer_id, month, **counts):
        """So many visits by each role, spread over a month."""
        for role, count in counts.items():
            for number in range(count):
                self.visit(customer_id, role, f"{month}-{3 + 5 * number + len(role) % 4:02d}")

    def relate(self, organization, person, relation, valid_from, valid_to=""):
        self.add("customer_relationships", organization_customer_id=organization, person_customer_id=person,
                 relation_type=relation, valid_from=valid_from, valid_to=valid_to)

    def score(self, customer_id, code, score, day="2026-06-30"):
        self.add("customer_scores", customer_id=customer_id, score_code=code, score_date=day, score=score)

    # referrals

    def referral(self, referral_id, product, sold, quantity, amount, lead, participants, shows="", *, batch=None,
                 source="", buyer="", outlet="", project="", status="confirmed"):
        self.add("referrals", batch, referral_id=referral_id, product_code=product, sold_date=sold, quantity=quantity,
                 amount=amount or None, lead_department_id=lead, source_customer_id=source, buyer_customer_id=buyer,
                 outlet_branch_id=outlet, project_id=project, status=status)
        self.participants(referral_id, batch or batch_of(sold), participants)
        if shows:
            self.tell("referrals", referral_id, product, shows)

    def participants(self, referral_id, batch, shares):
        """Participants with their shares; a plain list of departments shares equally."""
        for department in shares:
            self.add("referral_participants", batch, referral_id=referral_id, department_id=department,
                     share=shares[department] if isinstance(shares, dict) else None)

    def review(self, review_id, referral_id, review_type, day, outcome, note):
        self.add("referral_reviews", review_id=review_id, referral_id=referral_id, review_type=review_type,
                 review_date=day, outcome=outcome, note=note)

    def claim(self, customer_id, branch_id, metric_code, share, day, approved_by):
        self.add("performance_claims", claim_id=self.next_id("PC", 4), customer_id=customer_id, branch_id=branch_id,
                 metric_code=metric_code, claimed_share=share, claim_date=day, approved_by=approved_by)


# --- The bank's own tables ---------------------------------------------------------------------------------

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹喻柏窦章云苏潘葛范彭鲁韦马苗方俞任袁柳"
GIVEN = "伟芳娜敏静强磊洋艳勇杰娟涛明超霞平刚桂兰文辉玲华建国志鹏海燕晓雪婷浩宇轩梓涵思远佳怡子墨雨桐嘉懿若溪景行知微"


def person_names(purpose):
    """An endless stream of different names of persons."""
    rng, seen = Random(f"{SEED} names {purpose}"), set()
    while True:
        name = rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, rng.choice((1, 2, 2, 2))))
        if name not in seen:
            seen.add(name)
            yield name


def set_up(bank):
    """Branches, departments, employees; one manager in 01110, so that she has more customers than she can see."""
    for row in stories.BRANCHES:
        branch = dict(zip(COLUMNS["branches"], row, strict=True))
        bank.branches[row[0]] = bank.add("branches", **branch)
    for department_id, name, line in stories.DEPARTMENTS:
        bank.add("departments", department_id=department_id, department_name=name, business_line=line,
                 branch_id="00001")

    names = person_names("employees")

    def hire(number, role, branch_id, department_id):
        bank.add("employees", employee_id=f"E{number:04d}", employee_name=next(names), role=role,
                 branch_id=branch_id, department_id=department_id)
        return f"E{number:04d}"

    def at_level(*levels):
        return [branch_id for branch_id, branch in bank.branches.items() if branch["branch_level"] in levels]

    presidents = {branch_id: hire(number, "president", branch_id, "")
                  for number, branch_id in enumerate(at_level("head_office", "tier1", "tier2"), start=1)}
    number = 301
    for index, branch_id in enumerate(at_level("sub_branch"), start=1):
        bank.visitors["president", branch_id] = presidents[bank.branches[branch_id]["parent_branch_id"]]
        bank.visitors["corporate_head", branch_id] = hire(100 + index, "corporate_head", branch_id, "D_CORP")
        bank.managers[branch_id] = []
        for department in ("D_CORP",) if branch_id == "01110" else ("D_CORP", "D_INST"):
            bank.managers[branch_id].append(hire(number, "relationship_manager", branch_id, department))
            number += 1
    for index, branch_id in enumerate(at_level("outlet"), start=1):
        head = hire(200 + index, "outlet_head", branch_id, "D_PB")
        bank.visitors.setdefault(("outlet_head", bank.branches[branch_id]["parent_branch_id"]), head)
    bank.visitors["outlet_head", "01010"] = hire(290, "outlet_head", "01010", "D_PB")
    hire(401, "product_manager", "00001", "D_WM")
    hire(402, "product_manager", "00001", "D_CARD")
    hire(403, "compliance_officer", "00001", "D_RISK")


def add_market_data(bank):
    """FTP curves half-yearly from 2019 and monthly in the history, month-end exchange rates, cost pools."""
    spreads = {1: -30, 3: -20, 6: -10, 12: 0, 24: 11, 36: 21, 60: 40, 120: 66}  # basis points over 12 months
    one_year = {"CNY": {2019: 305, 2020: 255, 2021: 270, 2022: 225, 2023: 215, 2024: 200, 2025: 185, 2026: 172},
                "USD": {2019: 250, 2020: 60, 2021: 35, 2022: 330, 2023: 525, 2024: 495, 2025: 420, 2026: 385}}
    curve_dates = [f"{year}-{month}-01" for year in range(2019, 2026) for month in ("01", "07")]
    curve_dates += [f"{month}-01" for month in months_between("2025-08", "2026-10")]
    for curve_date in curve_dates:
        months_into_year = int(curve_date[5:7]) - 1
        for currency, levels in one_year.items():
            year = int(curve_date[:4])
            towards = levels.get(year + 1, levels[year] - 8)
            level = levels[year] + (towards - levels[year]) * months_into_year / 12
            for tenor, spread in spreads.items():
                if currency == "CNY" or tenor in (1, 3, 6, 12, 36, 60):
                    bank.add("ftp_curves", curve_date=curve_date, currency=currency, tenor_months=str(tenor),
                             rate=f"{(level + spread * (1 if currency == 'CNY' else 0.5)) / 10000:.5f}")
    for step, month in enumerate(months_between("2025-07", "2026-10")):
        month_end = plus_days(plus_months(month + "-01", 1), -1)
        for currency, start, slope, wave in (("USD", 7.16, -0.009, 0.02), ("EUR", 8.31, -0.004, 0.06)):
            rate = start + slope * step + wave * math.sin(step)
            bank.add("fx_rates", rate_date=month_end, currency=currency, rate_to_cny=f"{rate:.4f}")

    rng = Random(f"{SEED} cost pools")
    national = {"account_maintenance": 42_000, "lending": 165_000, "deposit_taking": 120_000, "transactions": 18_000,
                "relationship": 36_000}
    of_branches = {"01010": ("lending", 21_000), "01110": ("account_maintenance", 9_500), "02110": ("lending", 14_000),
                   "03110": ("deposit_taking", 7_800), "03200": ("lending", 5_200)}  # 03200 has no customer of its own
    for month in months_between("2025-08", "2026-10"):
        if month == "2025-09":  # a month without any pool row: unit costs apply
            continue
        for pool_code, amount in national.items():
            bank.add("cost_pools", period_month=f"{month}-01", branch_id="*", pool_code=pool_code,
                     amount=round(amount * rng.uniform(0.92, 1.08), 2))
        for branch_id, (pool_code, amount) in of_branches.items():
            bank.add("cost_pools", period_month=f"{month}-01", branch_id=branch_id, pool_code=pool_code,
                     amount=round(amount * rng.uniform(0.9, 1.1), 2))


# --- Background customers ----------------------------------------------------------------------------------

PLACES = {"01010": "岚江", "01110": "澜州", "01120": "澜州", "01210": "澄浦", "02110": "朔阳", "02120": "朔阳",
          "02210": "汾原", "03110": "蜀宁", "03120": "蜀宁", "03210": "陇泉"}
BRAND = ("恒瑞泰鼎宏嘉盛昊博源华信", "达丰隆通和远诚康新润兴益")
TRADES = [
    ("C1371", "食品加工"), ("C1751", "化纤织造"), ("C2221", "纸业"), ("C2662", "精细化工"), ("C2710", "药业"),
    ("C2924", "包装材料"), ("C3311", "钢结构"), ("C3421", "数控机床"), ("C3670", "汽车零部件"), ("C3831", "线缆"),
    ("C3985", "电子材料"), ("E4710", "建筑工程"), ("E4813", "市政工程"), ("F5122", "食品贸易"), ("F5137", "电器销售"),
    ("F5162", "石化销售"), ("F5211", "商贸"), ("G5431", "物流"), ("G5951", "仓储"), ("H6110", "酒店管理"),
    ("H6210", "餐饮"), ("I6513", "信息技术"), ("K7010", "置业"), ("K7020", "物业服务"), ("L7291", "旅行社"),
    ("M7451", "检测技术"), ("M7485", "工程设计"), ("N7820", "环境服务"), ("A0141", "农业开发"), ("R8890", "文化传媒"),
    ("O8010", "家政服务"), ("D4411", "热力"),
]
INSTITUTIONS = [
    ("{0}市水利局", "party_government", "prefecture"), ("{0}市中级人民法院", "party_government", "prefecture"),
    ("{0}县社会保险中心", "public_institution", "county"), ("{0}市第三中学", "school", "prefecture"),
    ("{0}职业技术学院", "school", "province"), ("{0}市妇幼保健院", "hospital", "prefecture"),
    ("{0}镇卫生院", "hospital", "township"), ("{0}市残疾人联合会", "social_organization", "prefecture"),
    ("{0}县公路管理站", "public_institution", "county"), ("{0}市总工会", "trade_union", "prefecture"),
]
STALLS = ("家常菜馆", "便利店", "水果行", "理发店", "五金铺", "服装店", "快递驿站", "汽修行", "茶庄", "米粉店",
          "文印店", "花坊")
COMPANIES, NEW_COMPANIES, SOLE_TRADERS, PERSONS, NEW_PERSONS = 52, 8, 10, 78, 8
# who leaves, grows or moves to another branch between the batches
LEAVERS = {
    SECOND: ("001003", "001014", "001027", "002004", "002011", "002023", "002038"),
    THIRD: ("001008", "001022", "001040", "002007", "002019", "002033", "002061"),
}
GROWERS = {SECOND: ("001005", "001018", "001031"), THIRD: ("001006", "001044")}
MOVERS = {SECOND: ("02120", ("001009", "002050")), THIRD: ("03110", ("001012", "001035", "002055"))}
RATINGS = ("AAA", "AA", "AA", "A", "A", "A", "BBB", "BBB", "BBB", "BB", "BB", "B", "CCC")
GUARANTEES = ("credit", "guaranteed", "mortgaged", "pledged", "")
REPRICING = (None, 1, 3, 6, 12, 12)  # months; None: a fixed rate


def last_day(customer_id):
    """The customer's last day at the bank, or of the data."""
    leaves = next((batch for batch, leavers in LEAVERS.items() if customer_id in leavers), None)
    return plus_days(leaves, -10) if leaves else THIRD


def wander(rng, customer_id, level, start, gap=(24, 60)):
    """Days on which a balance changed, and to what: sparse steps around a level."""
    day, balances = start, []
    while day <= last_day(customer_id):
        balances.append((day, round(level * math.exp(rng.gauss(0, 0.35)), 2)))
        day = plus_days(day, rng.randint(*gap))
    return balances


def pick_opened(rng, is_new):
    if is_new:
        return plus_days("2026-09-02", rng.randrange(55))
    return plus_days("2008-03-01", rng.randrange(6300))


def add_term_deposit(bank, rng, customer_id, product, amount):
    """A term deposit opened in the history; one that matured is closed by the batch of that day."""
    months, rate = rng.choice(((3, "0.0095"), (6, "0.0115"), (12, "0.0125"), (24, "0.0135"), (36, "0.0165")))
    opened = plus_days(HISTORY_START, rng.randrange(420))
    matures = plus_months(opened, months)
    account_id = f"A{customer_id}2"
    kind = "personal" if product.endswith("retail") else "term"
    bank.account(account_id, customer_id, product, opened=opened, rate=rate, kind=kind, term=str(months),
                 maturity=matures, closed=matures if matures <= batch_of(opened) else "",
                 balances=[(opened, amount)])
    if batch_of(opened) < matures <= THIRD:
        bank.change("accounts", account_id, batch_of(matures), closed_date=matures)


def add_organization_loan(bank, rng, customer_id, opened, industry_code=""):
    level = round(10 ** rng.uniform(6.1, 8.0), -4)
    start = max(plus_days("2023-09-01", rng.randrange(1000)), plus_days(opened, rng.randint(1, 4)))
    months = rng.choice((12, 24, 36, 36, 60))
    if plus_months(start, months) < HISTORY_START:
        months = 60
    matures = plus_months(start, months)
    product = "loan_real_estate_dev" if industry_code == "K7010" else rng.choice(
        ("loan_working_capital", "loan_working_capital", "loan_fixed_asset", "loan_trade_finance"))
    share, balances, day = 1.0, [], max(start, HISTORY_START)
    is_weak = rng.random() < 0.12
    while day < min(matures, THIRD):
        grade = rng.choice(("pass", "special_mention", "substandard")) if is_weak else "pass"
        overdue = {"pass": None, "special_mention": rng.randint(5, 60), "substandard": rng.randint(91, 180)}[grade]
        balances.append((day, round(level * share, 2), grade, overdue))
        share *= rng.choice((1, 1, 0.95, 0.9, 0.8))
        day = plus_days(day, rng.randint(70, 130))
    if matures <= THIRD:
        balances.append((matures, 0, "pass"))
    floating = None if product == "loan_trade_finance" else rng.choice(REPRICING)
    bank.loan(f"L{customer_id}1", customer_id, product, start, matures, f"{rng.uniform(0.031, 0.056):.4f}",
              floating=floating, guarantee=rng.choice(GUARANTEES),
              rating="CCC" if is_weak else rng.choice(RATINGS), balances=balances)


def add_companies(bank):
    """Companies of all trades: two statements, an account, often a loan, services and visits."""
    seen = set()
    for number in range(COMPANIES + NEW_COMPANIES):
        customer_id = f"{1001 + number:06d}"
        rng = Random(f"{SEED} company {customer_id}")
        is_new = number >= COMPANIES
        branch_id = rng.choice(sorted(PLACES))
        industry_code, trade = rng.choice(TRADES)
        brand = rng.choice(BRAND[0]) + rng.choice(BRAND[1])
        while brand in seen:
            brand = rng.choice(BRAND[0]) + rng.choice(BRAND[1])
        seen.add(brand)
        form = rng.choice(("有限公司", "有限公司", "有限责任公司", "股份有限公司"))
        opened = pick_opened(rng, is_new)
        revenue = round(10 ** rng.uniform(6.6, 8.9), 2)
        assets = round(revenue * rng.uniform(0.6, 2.2), 2)
        bank.company(customer_id, PLACES[branch_id] + brand + trade + form, industry_code, branch_id, opened=opened,
                     established=plus_days(opened, -rng.randint(40, 5000)),
                     capital=rng.choice((50, 100, 300, 500, 1000, 2000, 5000, 12000)) * WAN,
                     employees=max(3, round(revenue / rng.uniform(4e5, 1.5e6))),
                     deposit=wander(rng, customer_id, 10 ** rng.uniform(4.8, 7.7), max(opened, HISTORY_START)))
        if not is_new and rng.random() < 0.9:
            bank.statement(customer_id, "2024-12-31", round(assets * 0.93, 2),
                           round(revenue * rng.uniform(0.8, 1.15), 2))
            bank.statement(customer_id, "2025-12-31", assets, revenue)
        stays = last_day(customer_id) == THIRD
        if stays and rng.random() < 0.55:
            add_organization_loan(bank, rng, customer_id, opened, industry_code)
        if stays and not is_new and rng.random() < 0.35:
            add_term_deposit(bank, rng, customer_id, "dep_term_corp", rng.randint(10, 900) * WAN)
        if stays and not is_new and rng.random() < 0.3:
            valid_from = plus_days("2025-06-01", rng.randrange(400))
            bank.credit_line(f"CL{customer_id}", customer_id, rng.choice((500, 1000, 2000, 5000, 12000)) * WAN,
                             valid_from, plus_months(valid_from, 12))
        add_services(bank, rng, customer_id, opened)


def add_services(bank, rng, customer_id, opened):
    """Products signed, fees paid, visits made, scores given: what every organization has some of."""
    until = date.fromisoformat(last_day(customer_id))
    since = max("2022-01-10", opened)
    for product, chance in (("e_banking_corp", 0.7), ("sms_notice", 0.6), ("cash_management", 0.2),
                            ("pos_terminal", 0.2), ("phone_payment", 0.1), ("fx_settlement", 0.12),
                            ("letter_of_credit", 0.06)):
        if rng.random() < chance:
            days = (date.fromisoformat(batch_of(opened)) - date.fromisoformat(since)).days
            bank.holding(customer_id, product, plus_days(since, rng.randrange(days + 1)))
    start = max(opened, HISTORY_START)
    for _ in range(rng.choice((0, 1, 2, 3, 5))):
        fee = round(10 ** rng.uniform(2.3, 4.6), 2)
        bank.add("fee_transactions", transaction_id=bank.next_id("F1", 5), customer_id=customer_id,
                 product_code=rng.choice(("cash_management", "fx_settlement", "letter_of_credit", "e_banking_corp",
                                          "pos_terminal")),
                 transaction_date=plus_days(start, rng.randrange((until - date.fromisoformat(start)).days + 1)),
                 fee_amount=fee, cost_amount=rng.choice((None, round(fee * 0.12, 2))),
                 branch_id=bank.newest("customers", (customer_id,))["branch_id"])
    for month in months_between(start[:7], "2026-10"):
        busy = month >= "2026-07"
        for role, most, chance in (("relationship_manager", 4 if busy else 1, 0.45 if busy else 0.08),
                                   ("outlet_head", 2, 0.2 if busy else 0), ("corporate_head", 2, 0.1 if busy else 0.02),
                                   ("president", 1, 0.04 if busy else 0)):
            for _ in range(rng.randint(1, most) if rng.random() < chance else 0):
                day = f"{month}-{rng.randint(1, 28):02d}"
                if start <= day <= until.isoformat():
                    bank.visit(customer_id, role, day)
    if opened < "2026-06-30" and rng.random() < 0.75:
        for code in ("market_share", "satisfaction", "closeness"):
            bank.score(customer_id, code, rng.randint(15, 98))
        if rng.random() < 0.3:
            bank.score(customer_id, "satisfaction", rng.randint(30, 95), day="2026-09-30")


def add_services_of_stories(bank):
    """The planted organizations get visits and services too, but no balance: the bounds they sit on stay."""
    for (customer_id,), row in sorted(bank.rows[FIRST, "customers"].items()):
        # the visits and products of 000201 to 000248 are part of their stories
        if row["party_type"] in ("company", "institution") and not "000201" <= customer_id <= "000248":
            add_services(bank, Random(f"{SEED} services {customer_id}"), customer_id, row["opened_date"])
    for number, customer_id in enumerate(("000208", "000209", "000212", "000213")):
        for code, score in (("market_share", 74), ("satisfaction", 92), ("closeness", 85)):
            bank.score(customer_id, code, score - 20 * number)


def add_institutions(bank):
    for number, (name, institution_type, admin_level) in enumerate(INSTITUTIONS):
        customer_id = f"{1101 + number:06d}"
        rng = Random(f"{SEED} institution {customer_id}")
        branch_id = sorted(PLACES)[number]
        opened = pick_opened(rng, False)
        bank.institution(customer_id, name.format(PLACES[branch_id]), institution_type, admin_level, branch_id,
                         opened=opened, deposit=wander(rng, customer_id, 10 ** rng.uniform(5.5, 7.9), HISTORY_START))
        if number % 3 == 2:
            add_organization_loan(bank, rng, customer_id, opened)
        add_services(bank, rng, customer_id, opened)


def add_persons(bank):
    """Sole traders and individuals; of these some have mortgages, personal loans, term deposits."""
    names = person_names("customers")
    for number in range(SOLE_TRADERS):
        customer_id = f"{1201 + number:06d}"
        rng = Random(f"{SEED} sole trader {customer_id}")
        branch_id = rng.choice(sorted(PLACES))
        opened = pick_opened(rng, False)
        bank.sole_trader(customer_id, f"{PLACES[branch_id]}{next(names)}{STALLS[number]}", branch_id, opened=opened,
                         deposit=wander(rng, customer_id, 10 ** rng.uniform(3.5, 5.6), HISTORY_START))
        bank.holding(customer_id, rng.choice(("pos_terminal", "phone_payment", "sms_notice")),
                     max(opened, "2024-08-15"))
    employers = [f"{1001 + number:06d}" for number in range(COMPANIES)] + ["000240", "000243", "000245", "000104"]
    for number in range(PERSONS + NEW_PERSONS):
        customer_id = f"{2001 + number:06d}"
        rng = Random(f"{SEED} person {customer_id}")
        branch_id = rng.choice(sorted(PLACES))
        opened = pick_opened(rng, number >= PERSONS)
        bank.person(customer_id, next(names), branch_id, opened=opened,
                    deposit=wander(rng, customer_id, 10 ** rng.uniform(3.2, 6.0), max(opened, HISTORY_START), (35, 90)))
        if number >= PERSONS or last_day(customer_id) < THIRD:
            bank.holding(customer_id, "debit_card", opened)
            continue
        if rng.random() < 0.3:
            add_term_deposit(bank, rng, customer_id, "dep_term_retail", rng.randint(1, 60) * WAN)
        if rng.random() < 0.28:
            start = plus_days("2019-02-01", rng.randrange(2600))
            principal = rng.randint(40, 320) * WAN
            balances, day = [], max(start, HISTORY_START)
            while day <= THIRD:
                balances.append((day, round(principal * (1 - 0.004 * len(balances)), 2), "pass"))
                day = plus_months(day, 3)
            bank.loan(f"L{customer_id}1", customer_id, "mortgage", start, plus_months(start, 360),
                      f"{rng.uniform(0.0305, 0.0455):.4f}", floating=rng.choice((None, 12, 12)), guarantee="mortgaged",
                      project=rng.choice(("", "PJ01", "PJ02", "PJ04", "PJ07")), balances=balances)
        elif rng.random() < 0.12:
            start = plus_days("2025-08-20", rng.randrange(300))
            principal = rng.randint(3, 30) * WAN
            bank.loan(f"L{customer_id}1", customer_id, "loan_personal", start, plus_months(start, 36),
                      f"{rng.uniform(0.034, 0.068):.4f}", guarantee="credit",
                      balances=[(start, principal, "pass"), (plus_days(start, 90), round(principal * 0.9, 2), "pass")])
        for product, chance in (("debit_card", 0.9), ("mobile_banking", 0.65), ("credit_card", 0.35),
                                ("wealth_management", 0.22), ("third_party_custody", 0.1), ("precious_metal", 0.07)):
            if rng.random() < chance:
                bank.holding(customer_id, product, max(opened, plus_days("2023-02-01", rng.randrange(1200))))
        if rng.random() < 0.2:
            bank.add("fee_transactions", transaction_id=bank.next_id("F1", 5), customer_id=customer_id,
                     product_code="wealth_management", transaction_date=plus_days(HISTORY_START, rng.randrange(450)),
                     fee_amount=round(rng.uniform(60, 4200), 2), branch_id=branch_id)
        if rng.random() < 0.5:
            bank.relate(rng.choice(employers), customer_id, rng.choice(
                ("payroll_employee", "payroll_employee", "payroll_employee", "executive", "middle_manager",
                 "finance_head", "legal_representative", "shareholder")), plus_days("2018-01-15", rng.randrange(2800)))


def add_later_changes(bank):
    """What the background customers change in the later batches: they leave, grow, move to another branch."""
    for batch in (SECOND, THIRD):
        for customer_id in LEAVERS[batch]:
            left = plus_days(last_day(customer_id), 1)
            bank.change("customers", customer_id, batch, status="closed")
            bank.change("accounts", f"A{customer_id}1", batch, closed_date=left)
            for key, row in bank.rows[FIRST, "product_holdings"].items():
                if row["customer_id"] == customer_id:
                    bank.change("product_holdings", key, batch, ended_date=left, is_active="false")
        for customer_id in GROWERS[batch]:
            people = int(bank.newest("customers", (customer_id,))["employees"])
            bank.change("customers", customer_id, batch, employees=round(people * 1.4) + 5)
        branch_id, movers = MOVERS[batch]
        branch = bank.branches[branch_id]
        for customer_id in movers:
            bank.change("customers", customer_id, batch, branch_id=branch_id, city_code=branch["city_code"],
                        region_code=branch["region_code"], relationship_manager_id=bank.managers[branch_id][0])


def add_flows(bank):
    """Payments in and out: what credit customers collect here, and who the customers deal with."""
    rng = Random(f"{SEED} flows")

    def flow(customer_id, direction, day, amount, name, counterparty=""):
        bank.add("counterparty_flows", flow_id=bank.next_id("CF", 5), customer_id=customer_id, direction=direction,
                 flow_date=day, amount=amount, counterparty_name=name, counterparty_customer_id=counterparty)

    for name, payers, payees in stories.CHAIN_PROSPECTS:
        for direction, customers in (("out", payers), ("in", payees)):
            for customer_id in customers:
                for month in rng.sample(list(months_between("2025-11", "2026-10")), 4):
                    flow(customer_id, direction, f"{month}-{rng.randint(1, 28):02d}", rng.randint(8, 900) * WAN, name)
    between = (("000104", "000105"), ("000107", "000712"), ("000122", "000105"), ("000601", "000118"),
               ("000145", "000112"))
    for buyer, seller in between:
        names = {side: bank.newest("customers", (side,))["customer_name"] for side in (buyer, seller)}
        for month in ("2026-03", "2026-06", "2026-09"):
            amount, day = rng.randint(30, 600) * WAN, f"{month}-{rng.randint(1, 28):02d}"
            flow(buyer, "out", day, amount, names[seller], seller)
            flow(seller, "in", day, amount, names[buyer], buyer)
    for customer_id, monthly, payers in (
            ("000104", 900, "新元机电"), ("000127", 35, "散户装修队"), ("000505", 22, "工地代付"),
            ("000111", 180, "各地经销商"), ("000301", 1500, "购房首付款"), ("000130", 60, "农机合作社")):
        for month in months_between("2025-11", "2026-10"):
            amount = round(monthly * WAN * rng.uniform(0.6, 1.4), 2)
            flow(customer_id, "in", f"{month}-{rng.randint(1, 28):02d}", amount, payers)
    flow("000127", "in", "2026-08-20", 12 * WAN, bank.newest("customers", ("000505",))["customer_name"], "000505")
    flow("000622", "in", "2026-07-15", 66 * WAN, "中恒光电 (香港) 有限公司")  # the same payer, spelt otherwise


def add_prospects(bank):
    codes = ("industry_space", "growth", "market_influence", "applicability", "feasibility", "product_advantage",
             "convenience")
    for number, (prospect_id, name, party_type, industry, branch_id, source, scores) in enumerate(stories.PROSPECTS):
        bank.add("prospects", prospect_id=prospect_id, customer_name=name, party_type=party_type,
                 industry_code=industry,
                 region_code=bank.branches[branch_id]["region_code"], branch_id=branch_id,
                 unified_social_credit_code=social_credit_code(f"{9001 + number:06d}"), source=source)
        for code, score in zip(codes, scores, strict=True):
            if score is not None:
                bank.add("prospect_scores", prospect_id=prospect_id, score_code=code, score_date="2026-06-30",
                         score=score)
    rng = Random(f"{SEED} prospects")
    for number in range(9, 21):
        branch_id = rng.choice(sorted(PLACES))
        industry, trade = rng.choice(TRADES)
        batch = SECOND if number == 19 else THIRD if number == 20 else FIRST
        bank.add("prospects", batch, prospect_id=f"PR{number:04d}",
                 customer_name=f"{PLACES[branch_id]}{rng.choice('天地玄黄宇宙')}{rng.choice('一元')}{trade}有限公司",
                 party_type="company", industry_code=industry, region_code=bank.branches[branch_id]["region_code"],
                 branch_id=branch_id, unified_social_credit_code=social_credit_code(f"{9000 + number:06d}"),
                 source=rng.choice(("走访", "招商名录", "存量客户推荐")))
        for code in codes:
            bank.add("prospect_scores", prospect_id=f"PR{number:04d}", score_code=code, score=rng.randint(20, 97),
                     score_date={FIRST: "2026-06-30", SECOND: "2026-09-15", THIRD: "2026-10-15"}[batch])
    bank.add("prospect_scores", prospect_id="PR0006", score_code="growth", score_date="2026-10-10", score=72)


# product -> lead department, quantities of the referrals, yuan per piece
FILLER_REFERRALS = {
    "payroll": ("D_PB", (45, 60, 38, 72, 25, 50), 0),
    "credit_card": ("D_CARD", (3, 4, 2, 4, 3, 3), 0),
    "debit_card": ("D_PB", (10, 12, 8, 6, 9), 0),
    "mobile_banking": ("D_EB", (15, 20, 12, 9, 6), 0),
    "third_party_custody": ("D_WM", (1, 2, 1), 0),
    "wealth_management": ("D_WM", (1, 2, 1, 3, 1, 2, 1), 22 * WAN),
    "precious_metal": ("D_WM", (3, 4, 2, 5), 1.2 * WAN),
    "mortgage": ("D_LOAN", (1, 2), 125 * WAN),
    "loan_personal": ("D_LOAN", (4, 5, 3, 5), 12 * WAN),
    "dep_term_retail": ("D_PB", (1, 2, 1), 35 * WAN),
}


def add_referrals(bank):
    """Ordinary referrals of every product, from January to October 2026."""
    number = 101
    for product, (lead, quantities, price) in FILLER_REFERRALS.items():
        for index, quantity in enumerate(quantities):
            rng = Random(f"{SEED} referral {product} {index}")
            sold = plus_days("2026-01-08", (index * 290) // len(quantities) + rng.randrange(24))
            others = rng.sample(("D_CORP", "D_INST", "D_RE", "D_SME", "D_TRADE"), rng.choice((1, 1, 2, 3)))
            shares = dict.fromkeys(sorted(others)) if len(others) != 2 or rng.random() < 0.5 else dict(
                zip(sorted(others), rng.choice(((0.7, 0.3), (0.4, 0.6), (0.25, 0.75))), strict=True))
            outlets = sorted(key for key, branch in bank.branches.items() if branch["branch_level"] == "outlet")
            bank.referral(f"R{number:05d}", product, sold, quantity, round(price * quantity * rng.uniform(0.6, 1.5), 2),
                          lead, shares, source=f"{1001 + rng.randrange(COMPANIES):06d}",
                          buyer=f"{2001 + rng.randrange(PERSONS):06d}", outlet=rng.choice(outlets))
            number += 1


# --- Writing -----------------------------------------------------------------------------------------------

def write_files(bank):
    for batch in BATCHES:
        folder = HERE / "demo_bank" / f"batch_date={batch}"
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.csv"):
            old.unlink()
        for extract, columns in COLUMNS.items():
            rows = list(bank.rows.get((batch, extract), {}).values()) + bank.extra_rows.get((batch, extract), [])
            if not rows:
                continue
            rows.sort(key=lambda row: [(len(row[c]), row[c]) if c == "tenor_months" else row[c] for c in KEYS[extract]])
            encoding, line_end = FILE_STYLES.get((batch, extract), ("utf-8", "\n"))
            text = io.StringIO(newline="")
            writer = csv.DictWriter(text, columns, lineterminator=line_end)
            writer.writeheader()
            for row in rows:
                spelling = bank.spellings.get((batch, extract, tuple(row[column] for column in KEYS[extract])), {})
                writer.writerow({**row, **spelling})
            (folder / f"{extract}.csv").write_bytes(text.getvalue().encode(encoding))


def write_readme(bank):
    """Print the stories into the tables of the README, between their markers."""
    bank.tales["counts"] = [
        (extract, *(len(bank.rows.get((batch, extract), ())) + len(bank.extra_rows.get((batch, extract), ()))
                    for batch in BATCHES)) for extract in COLUMNS]
    path = HERE / "README.md"
    text = path.read_text(encoding="utf-8")
    for section, rows in bank.tales.items():
        table = "".join("| " + " | ".join(str(cell) for cell in cells) + " |\n" for cells in rows)
        pattern = re.compile(rf"(<!-- {section} -->\n\|.*\n\|.*\n)(?:\|.*\n)*")
        assert pattern.search(text), f"README.md has no table {section}"
        text = pattern.sub(lambda match, table=table: match[1] + table, text)
    path.write_text(text, encoding="utf-8")


def main():
    bank = Bank()
    set_up(bank)
    add_market_data(bank)
    stories.plant_traditional_companies(bank)
    stories.plant_statistical_sizes(bank)
    stories.plant_no_credit_companies(bank)
    stories.plant_effective_customers(bank)
    stories.plant_payroll(bank)
    stories.plant_real_estate_and_emerging(bank)
    stories.plant_institutions(bank)
    stories.plant_persons(bank)
    stories.plant_groups(bank)
    stories.plant_corrections(bank)
    stories.plant_projects(bank)
    stories.plant_bank_changes(bank)
    add_services_of_stories(bank)
    add_companies(bank)
    add_institutions(bank)
    add_persons(bank)
    add_later_changes(bank)
    add_flows(bank)
    add_prospects(bank)
    stories.plant_referrals(bank)
    add_referrals(bank)
    stories.plant_claims(bank)
    stories.plant_marketing_targets(bank)
    stories.plant_appraisals(bank)
    stories.plant_wrong_rows(bank)
    stories.plant_spellings(bank)
    write_files(bank)
    write_readme(bank)


if __name__ == "__main__":
    main()
