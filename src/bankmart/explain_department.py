"""Why a department earns what it earns: one page of a year, from the published file alone."""

from collections.abc import Iterator
from types import SimpleNamespace

import duckdb
from rich.console import Group, RenderableType
from rich.text import Text

from bankmart.errors import BankmartError
from bankmart.explain_parts import facts, heading, product_names, published, records, titled, words_of
from bankmart.explain_words import Words
from bankmart.settings import Settings


def explain_department(settings: Settings, department_id: str, year: int, language: str = "en") -> Group:
    """The page of a department's reward of a year.

    Raises BankmartError when the language cannot be read (wrong usage), nothing is published, or `reward_page` raises
    it.
    """
    with published(settings, language) as connection:
        return reward_page(connection, department_id, year, language)


def reward_page(connection: duckdb.DuckDBPyConnection, department_id: str, year: int, language: str = "en") -> Group:
    """What a department earned in a year: the reward, the points by product, and every referral behind them.

    Raises BankmartError when the department is not published or has no entry of the ledger in the year.
    """
    query = "from marts.fct_department_rewards where department_id = $1 order by assessment_year"
    rewards = records(connection, query, department_id)
    if not rewards:
        known = records(
            connection, "from marts.dim_departments order by department_id = $1 desc, department_id", department_id
        )
        ids = [row.department_id for row in known]
        if department_id in ids:
            raise BankmartError(f"department {department_id}: it has no points in any year; see marts.fct_point_ledger")
        raise BankmartError(f"department {department_id!r}: not published; give one of {', '.join(ids) or 'none'}")
    chosen = [row for row in rewards if row.assessment_year == year]
    if not chosen:
        years = ", ".join(str(row.assessment_year) for row in rewards)
        raise BankmartError(f"--year {year}: department {department_id} has points in {years}; give one of them")
    words = words_of(connection, language)
    parts = (reward, points_by_product, referrals_behind, referrals_without_entries)
    return Group(*(part for section in parts for part in (*section(connection, chosen[0], words), Text())))


def reward(connection: duckdb.DuckDBPyConnection, row: SimpleNamespace, words: Words) -> Iterator[RenderableType]:
    """The reward and the arithmetic of the pool."""
    (department,) = records(connection, "from marts.dim_departments where department_id = $1", row.department_id)
    query = """
        select sum(counted_points) filter (counted_points > 0) as divisor
        from marts.fct_department_rewards where assessment_year = $1
    """
    (year,) = records(connection, query, row.assessment_year)
    yield heading(f"{row.department_id}  {department.department_name}  {row.assessment_year}")
    yield facts(
        words,
        line=words.listed(words.name("business_line", department.business_line)),
        reward=words.listed(words.amount(row.reward_amount), words.text("final" if row.is_final else "provisional")),
        pool=words.text("no_pool")
        if row.pool_amount is None
        else words.listed(words.amount(row.pool_amount), year.divisor is None and words.text("unallocated")),
        counted_points=f"{row.counted_points:,.2f}",
        all_points=f"{year.divisor or 0:,.2f}",
        arithmetic=words.text(
            "pool_arithmetic",
            pool=f"{row.pool_amount:,.2f}",
            points=f"{row.counted_points:,.2f}",
            all=f"{year.divisor:,.2f}",
            reward=f"{row.reward_amount:,.2f}",
        )
        if row.pool_amount and row.counted_points > 0
        else words.text("nothing_counted"),
    )


def points_by_product(
    connection: duckdb.DuckDBPyConnection, row: SimpleNamespace, words: Words
) -> Iterator[RenderableType]:
    """The points of every product, whether they count, and why where they do not."""
    query = """
        select points.*, completions.target_quantity, completions.completed_quantity, completions.completion_rate
        from marts.fct_department_points as points
        join marts.fct_product_completions as completions using (assessment_year, product_code)
        where points.department_id = $1 and points.assessment_year = $2
        order by points.counting_status <> 'counted', points.points desc, points.product_code, points.counting_status
    """
    products = product_names(connection, words)
    yield heading(words.text("points_by_product"))
    table = titled(words, "product", ">points_earned", ">entries", "counting")
    for product in records(connection, query, row.department_id, row.assessment_year):
        reason = words.name("counting_status", product.counting_status)
        if product.counting_status == "below_half_target":
            reason = words.listed(
                reason,
                words.text(
                    "completion",
                    completed=f"{product.completed_quantity:,.2f}",
                    target=f"{product.target_quantity:,.2f}",
                    rate="–" if product.completion_rate is None else f"{product.completion_rate:.2%}",
                ),
            )
        table.add_row(
            *(Text(products[product.product_code]), f"{product.points:,.2f}", f"{product.entry_count:,}"),
            Text(reason, "" if product.counting_status == "counted" else "yellow"),
        )
    yield table


def referrals_behind(
    connection: duckdb.DuckDBPyConnection, row: SimpleNamespace, words: Words
) -> Iterator[RenderableType]:
    """Every entry of the year, by product and referral, with how far the referral has come."""
    query = """
        select entries.*, ledger.role, ledger.entry_type, ledger.reason_code, ledger.posted_month, floors.share_rate,
            floors.required_rate
        from marts.fct_counted_entries as entries
        join marts.fct_point_ledger as ledger on entries.entry_id = ledger.entry_id
        left join marts.fct_mortgage_floors as floors
            on entries.project_id = floors.project_id and entries.assessment_year = floors.assessment_year
        where entries.department_id = $1 and entries.assessment_year = $2
        order by entries.product_code, entries.referral_id, ledger.recorded_date, ledger.entry_type, entries.points
    """
    products = product_names(connection, words)
    rows = records(connection, query, row.department_id, row.assessment_year)
    yield heading(words.text("referrals_behind"))
    for product_code in dict.fromkeys(entry.product_code for entry in rows):
        table = titled(words, "referral", "posted", "role", ">points_earned", "entry", "counting")
        for entry in rows:
            if entry.product_code == product_code:
                counting = words.name("counting_status", entry.counting_status)
                if entry.counting_status == "mortgage_floor":
                    shares = {"share": f"{entry.share_rate:.4%}", "floor": f"{entry.required_rate:.4%}"}
                    counting = words.listed(counting, words.text("floor_missed", project=entry.project_id, **shares))
                reason = words.name("ledger_reason", entry.reason_code)
                table.add_row(
                    *(Text(entry.referral_id), f"{entry.posted_month:%Y-%m}", words.name("ledger_role", entry.role)),
                    *(f"{entry.points:,.2f}", words.listed(words.name("ledger_entry_type", entry.entry_type), reason)),
                    Text(counting, "" if entry.counting_status == "counted" else "yellow"),
                )
        yield Text(products[product_code], "bold")
        yield table


def referrals_without_entries(
    connection: duckdb.DuckDBPyConnection, row: SimpleNamespace, words: Words
) -> Iterator[RenderableType]:
    """The year's referrals of the department that never earned it anything, and why."""
    query = """
        from marts.fct_referrals as referrals
        where (lead_department_id = $1 or list_contains(string_split(participant_department_ids, ';'), $1))
            and year(sold_date) = $2 and status <> 'earning'
            and not exists (
                from marts.fct_point_ledger as ledger
                where ledger.referral_id = referrals.referral_id and ledger.department_id = $1
            )
        order by sold_date, referral_id
    """
    rows = records(connection, query, row.department_id, row.assessment_year)
    if not rows:
        return
    products = product_names(connection, words)
    yield heading(words.text("referrals_without_entries"))
    table = titled(words, "referral", "product", "sold", "standing")
    for referral in rows:
        reason = words.name("ledger_reason", referral.reason_code)
        sold = f"{referral.sold_date}"
        table.add_row(Text(referral.referral_id), Text(products[referral.product_code]), sold, Text(reason, "yellow"))
    yield table
