"""Berka, a Czech retail bank (PKDD'99 challenge), as two batches of the landing contract.

What is the bank's own: people, accounts, end-of-day balances, fees, loans, repayments, cards and districts, over the 14
whole months whose bookings are complete. Each batch carries what became known since the one before it, so an account
or a loan of January 2002 is not in the batch of December 2001.

All dates are moved eight years later (1993 becomes 2001), because the default rules hold from 2000 on. What is made
up, because the contract needs it and the data has none: the CZK rate, the CZK funding curve, the loans' interest rate,
one head office above the district branches and one retail department.

Choices:
- Customers are owners and disponents. Both are known from the day their account was opened; only the owner holds it.
- A balance is the running sum of an account's bookings. Amounts and balances are printed rounded to 0.10, so it drifts
  from the printed balance, in these months by at most `BALANCE_DRIFT`.
- A principal is the amount granted less the loan payments booked so far. That follows the money rather than the plan:
  loan 5314 should have paid from its second month on and first did eight months later. Risk grades stay empty,
  because the loan's status was judged at the end of 1998.
- The deposit rate is what the interest bookings imply: 5 % a year, paid monthly.
- Fees have no currency in the contract: they are delivered in CNY. Penalty interest is interest, not a fee.
- Classic and gold cards are credit cards, junior cards debit cards.
- Standing orders are left out: they carry no date, so no batch can be said to have known them, and no product fits.
"""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import duckdb
import pyarrow as pa
import typer

# the default rules hold from 2000 on; eight years later every date falls on the same day of a year of the same length
YEARS_LATER = 8
BATCHES = (date(1993 + YEARS_LATER, 12, 31), date(1994 + YEARS_LATER, 2, 28))
FIRST_DAY = date(1993 + YEARS_LATER, 1, 1)

CNY_PER_CZK = Decimal("0.25")
LOAN_RATE = Decimal("0.12")
DEPOSIT_RATE = Decimal("0.05")
FUNDING_CURVE = {1: "0.070", 3: "0.072", 6: "0.075", 12: "0.080", 36: "0.090", 60: "0.095"}

BALANCE_DRIFT = Decimal("0.60")

TABLES = ("account", "card", "client", "disp", "district", "loan")

VIEWS = f"""
create macro day(yymmdd) as (strptime('19' || left(yymmdd, 6), '%Y%m%d') + interval {YEARS_LATER} year)::date;
create macro code(name) as regexp_replace(lower(name), '[^a-z0-9]+', '_', 'g');

create view districts as
select
    A1 as district_id,
    A2 as district_name,
    code(A2) as city_code,
    code(A3) as region_code
from district;

create view holders as
select
    disp.disp_id,
    disp.client_id as customer_id,
    disp.account_id,
    account.district_id as branch_id,
    day(account.date) as opened_date,
    disp.type = 'OWNER' as is_owner
from disp
inner join account on disp.account_id = account.account_id;

create view owners as
from holders
where is_owner;

create view bookings as
select
    account_id,
    trans_id,
    day(date) as booking_date,
    if(type = 'PRIJEM', 1, -1) * amount::decimal(18, 2) as amount,
    balance::decimal(18, 2) as balance,
    k_symbol
from trans;

create view loans as
select
    loan.loan_id,
    loan.account_id,
    owners.customer_id,
    owners.branch_id,
    loan.amount::decimal(18, 2) as contract_amount,
    day(loan.date) as start_date,
    (day(loan.date) + to_months(loan.duration::integer))::date as maturity_date
from loan
inner join owners on loan.account_id = owners.account_id;
"""

# known_date decides the batch and is not delivered; the columns after it open with the extract's key
EXTRACTS = {
    "branches.csv": f"""
        select
            date '{FIRST_DAY}' as known_date,
            district_id as branch_id,
            district_name as branch_name,
            'head_office' as parent_branch_id,
            'tier1' as branch_level,
            city_code,
            region_code
        from districts
        union all
        values (date '{FIRST_DAY}', 'head_office', 'Head office', null, 'head_office', null, null)
    """,
    "departments.csv": f"""
        select
            date '{FIRST_DAY}' as known_date,
            'retail_banking' as department_id,
            'Retail banking' as department_name,
            'retail' as business_line,
            'head_office' as branch_id
    """,
    "customers.csv": """
        select
            holders.opened_date as known_date,
            holders.customer_id,
            'individual' as party_type,
            client.birth_number as id_number,
            districts.region_code,
            districts.city_code,
            holders.branch_id,
            holders.opened_date
        from holders
        inner join client on holders.customer_id = client.client_id
        inner join districts on client.district_id = districts.district_id
    """,
    "accounts.csv": f"""
        select
            opened_date as known_date,
            account_id,
            customer_id,
            'dep_demand_retail' as product_code,
            branch_id,
            'CZK' as currency,
            'personal' as account_kind,
            opened_date,
            {DEPOSIT_RATE} as interest_rate
        from owners
    """,
    "deposit_balances.parquet": """
        select
            booking_date as known_date,
            account_id,
            booking_date as balance_date,
            (sum(sum(amount)) over (partition by account_id order by booking_date))::decimal(18, 2) as balance
        from bookings
        group by account_id, booking_date
    """,
    "loans.csv": f"""
        select
            start_date as known_date,
            loan_id,
            customer_id,
            'loan_personal' as product_code,
            branch_id,
            'CZK' as currency,
            contract_amount,
            start_date,
            maturity_date,
            {LOAN_RATE} as interest_rate
        from loans
    """,
    "loan_balances.parquet": """
        with movements as (
            select
                loan_id,
                start_date as balance_date,
                contract_amount as amount
            from loans
            union all
            select
                loans.loan_id,
                bookings.booking_date,
                bookings.amount
            from bookings
            inner join loans on bookings.account_id = loans.account_id
            where bookings.k_symbol = 'UVER'
        )

        select
            balance_date as known_date,
            loan_id,
            balance_date,
            (sum(sum(amount)) over (partition by loan_id order by balance_date))::decimal(18, 2) as principal_balance
        from movements
        group by loan_id, balance_date
    """,
    "fee_transactions.csv": f"""
        select
            bookings.booking_date as known_date,
            bookings.trans_id as transaction_id,
            owners.customer_id,
            'dep_demand_retail' as product_code,
            bookings.booking_date as transaction_date,
            (-bookings.amount * {CNY_PER_CZK})::decimal(18, 2) as fee_amount,
            owners.branch_id
        from bookings
        inner join owners on bookings.account_id = owners.account_id
        where bookings.k_symbol = 'SLUZBY'
    """,
    "product_holdings.csv": """
        select
            day(card.issued) as known_date,
            card.card_id as holding_id,
            holders.customer_id,
            if(card.type = 'junior', 'debit_card', 'credit_card') as product_code,
            day(card.issued) as signed_date
        from card
        inner join holders on card.disp_id = holders.disp_id
    """,
    "fx_rates.csv": f"""
        select
            date '{FIRST_DAY}' as known_date,
            date '{FIRST_DAY}' as rate_date,
            'CZK' as currency,
            {CNY_PER_CZK} as rate_to_cny
    """,
    "ftp_curves.csv": f"""
        select
            date '{FIRST_DAY}' as known_date,
            date '{FIRST_DAY}' as curve_date,
            'CZK' as currency,
            unnest({list(FUNDING_CURVE)}) as tenor_months,
            unnest({list(FUNDING_CURVE.values())})::decimal(9, 4) as rate
    """,
    "referrals.csv": f"""
        select
            date '{FIRST_DAY}' as known_date,
            unnest([]::varchar[]) as referral_id,
            null as product_code,
            null as sold_date,
            null as quantity,
            null as lead_department_id
    """,
    "referral_participants.csv": f"""
        select
            date '{FIRST_DAY}' as known_date,
            unnest([]::varchar[]) as referral_id,
            null as department_id
    """,
}


def import_berka(
    source: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Folder with account.asc and the rest")],
    inbox: Annotated[Path, typer.Argument(file_okay=False, help="Folder that receives the batch_date=… folders")],
) -> None:
    """Write the Czech retail bank as an inbox of two batches."""
    with _open(source) as bank:
        for previous_date, batch_date in pairwise((date.min, *BATCHES)):
            batch = inbox / f"batch_date={batch_date}"
            batch.mkdir(parents=True, exist_ok=True)
            for file, extract in EXTRACTS.items():
                news = bank.sql(
                    f"select * exclude (known_date) from ({extract}) "
                    f"where known_date > '{previous_date}' and known_date <= '{batch_date}' order by all"
                )
                if file.endswith(".parquet"):
                    news.write_parquet(str(batch / file))
                elif batch_date == BATCHES[0] or len(news):
                    news.write_csv(str(batch / file), header=True)


def reported_month_end_balances(source: Path) -> pa.Table:
    """What the bank itself printed as each account's last balance of a month: customer_id, period_month, balance (CZK).

    One row per account (= its owner) and month with a booking. Nothing here is summed up, so it is an independent check
    of the warehouse's month-end deposit balances: they agree within `BALANCE_DRIFT`, times the CZK rate.

    Within a day the order of bookings is unknown. The closing balance is the one from which no other booking of that
    day starts; the few days on which that leaves none or several are left out.
    """
    with _open(source) as bank:
        return bank.sql(
            f"""
            with month_ends as (
                select
                    account_id,
                    max(booking_date) as booking_date
                from bookings
                where booking_date <= '{BATCHES[-1]}'
                group by account_id, date_trunc('month', booking_date)
            ),

            month_end_bookings as (
                from bookings
                inner join month_ends using (account_id, booking_date)
            ),

            closing_balances as (
                select account_id, booking_date, balance from month_end_bookings
                except all
                select account_id, booking_date, balance - amount from month_end_bookings
            )

            select
                owners.customer_id,
                date_trunc('month', closing_balances.booking_date)::date as period_month,
                any_value(closing_balances.balance) as balance
            from closing_balances
            inner join owners on closing_balances.account_id = owners.account_id
            group by owners.customer_id, closing_balances.account_id, closing_balances.booking_date
            having count(*) = 1
            order by owners.customer_id, period_month
            """
        ).to_arrow_table()


def _open(source: Path) -> duckdb.DuckDBPyConnection:
    bank = duckdb.connect()
    for table in TABLES:
        bank.read_csv(str(source / f"{table}.asc"), sep=";", header=True, all_varchar=True).create_view(table)
    bank.read_parquet(str(source / "trans.parquet")).create_view("trans")
    bank.execute(VIEWS)
    return bank


if __name__ == "__main__":
    typer.run(import_berka)
