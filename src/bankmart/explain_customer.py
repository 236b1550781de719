"""Why a customer stands where it stands: one page, from the published file alone.

A section is a function from a connection and a subject to what stands on the page; SECTIONS lists them in order. Every
word of the page stands in `explain_words` or is a name of `marts.dim_codes`, in both languages.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

import duckdb
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bankmart.errors import BankmartError
from bankmart.explain_parts import facts, heading, product_names, published, records, titled, words_of
from bankmart.explain_words import Words
from bankmart.reading import month_of
from bankmart.settings import Settings

# a page is read by people; whoever wants every account of a large customer asks the mart
MOST_INSTRUMENTS = 12
MOST_REFERRALS = 12


@dataclass(frozen=True)
class Subject:
    """The customer and the month that a page is about."""

    customer_id: str
    period_month: date
    words: Words


def explain_customer(settings: Settings, customer_id: str, month: str | None = None, language: str = "en") -> Group:
    """The page of a customer, by default of the newest month.

    Raises BankmartError when language or month cannot be read (wrong usage), nothing is published, or `customer_page`
    raises it.
    """
    period_month = month_of(month) if month is not None else None
    with published(settings, language) as connection:
        return customer_page(connection, customer_id, period_month, language)


def customer_page(
    connection: duckdb.DuckDBPyConnection, customer_id: str, period_month: date | None = None, language: str = "en"
) -> Group:
    """All sections about a customer in a month.

    Raises BankmartError when the customer is not published or has no such month.
    """
    months = "select min(period_month) as first, max(period_month) as newest from marts.fct_customer_months"
    (known,) = records(connection, f"{months} where customer_id = $1", customer_id)
    if known.newest is None:
        raise BankmartError(unknown_customer(connection, customer_id))
    chosen = period_month or known.newest
    if not known.first <= chosen <= known.newest:
        history = f"customer {customer_id} has the months {known.first:%Y-%m} to {known.newest:%Y-%m}"
        raise BankmartError(f"--month {chosen:%Y-%m}: {history}; give one of them")
    subject = Subject(customer_id, chosen, words_of(connection, language))
    return Group(*(part for section in SECTIONS for part in (*section(connection, subject), Text())))


def unknown_customer(connection: duckdb.DuckDBPyConnection, customer_id: str) -> str:
    """What is wrong with an id, with up to three ids that differ from it in leading zeros or blanks alone."""
    bare = r"ltrim(regexp_replace({}, '[\s\x{{A0}}\x{{3000}}]', '', 'g'), '0')"
    alike = f"{bare.format('customer_id')} = {bare.format('$1')}"
    query = f"select customer_id from marts.dim_customers where {alike} order by customer_id <> $1, customer_id limit 3"
    ids = [row.customer_id for row in records(connection, query, customer_id)]
    if customer_id in ids:
        return f"customer {customer_id}: known, but without any month yet; see marts.dim_customers"
    hint = f"did you mean {' or '.join(ids)}?" if ids else "give it as the core system writes it"
    return f"customer {customer_id!r}: not published; an id is text and its leading zeros count, {hint}"


def identity(connection: duckdb.DuckDBPyConnection, subject: Subject) -> Iterator[RenderableType]:
    """Who the customer is."""
    words = subject.words
    query = """
        select customers.* exclude (party_type, region_code, branch_id), months.party_type, months.region_code,
            months.branch_id, months.period_end_date, branches.branch_name, branches.branch_level,
            parents.customer_id as parent_id, parents.customer_name as parent_name,
            (select max(period_end_date) from marts.dim_months) as as_of_date
        from marts.fct_customer_months as months
        join marts.dim_customers as customers on months.customer_id = customers.customer_id
        left join marts.dim_branches as branches on months.branch_id = branches.branch_id
        left join marts.dim_customers as parents
            on customers.group_id = parents.group_id and customers.group_role <> parents.group_role
            and parents.group_role = 'parent'
        where months.customer_id = $1 and months.period_month = $2
        order by parents.customer_id
    """
    row = records(connection, query, subject.customer_id, subject.period_month)[0]
    kinds = {"party_type": row.party_type, "institution_type": row.institution_type, "admin_level": row.admin_level}
    industry = words.names.get(("industry", row.industry_code))
    yield heading(f"{row.customer_id}  {row.customer_name}")
    yield facts(
        words,
        month=words.text("month_value", month=f"{subject.period_month:%Y-%m}", end=row.period_end_date),
        party=words.listed(*(words.name(code_set, code) for code_set, code in kinds.items() if code)),
        industry=words.listed(industry, row.industry_code and words.text("industry_code", code=row.industry_code)),
        region=words.listed(words.name("region", row.region_code)),
        branch=words.listed(f"{row.branch_id} {row.branch_name}", words.name("branch_level", row.branch_level)),
        manager=words.listed(row.relationship_manager_id),
        group=words.listed(
            row.group_id,
            words.name("group_role", row.group_role),
            row.parent_id and words.text("parent", id=row.parent_id, name=row.parent_name),
        ),
        status=words.listed(
            words.name("customer_status", row.status),
            row.opened_date and words.text("opened", day=row.opened_date),
            row.established_date and words.text("founded", day=row.established_date),
            row.is_listed and words.text("is_listed"),
        ),
    )
    if row.period_end_date < row.as_of_date:
        yield Text(words.text("as_known", day=row.as_of_date), "italic")


def balances(connection: duckdb.DuckDBPyConnection, subject: Subject) -> Iterator[RenderableType]:
    """What the customer holds and owes."""
    words = subject.words
    query = "from marts.fct_customer_months where customer_id = $1 and period_month = $2"
    (row,) = records(connection, query, subject.customer_id, subject.period_month)
    yield heading(words.text("balances"))
    table = facts(words)
    table.add_column(justify="right")
    table.add_column(justify="right")
    table.add_row("", *(Text(words.text(side), "cyan") for side in ("deposit", "loan")))
    for measure in ("balance", "average_balance", "average_balance_ytd", "average_balance_r12"):
        label = words.text(measure, end=row.period_end_date)
        table.add_row(label, *(words.amount(getattr(row, f"{side}_{measure}")) for side in ("deposit", "loan")))
    yield table
    reason = ("by_loan" if row.loan_balance > 0 else "by_line") if row.is_credit_customer else "by_nothing"
    yield facts(
        words,
        credit_line=words.amount(row.credit_line_amount),
        credit_customer=words.text(reason),
        fees=words.amount(row.net_fee_amount),
        products=words.text("products_value", products=row.product_count, accounts=row.active_account_count),
    )


def segment(connection: duckdb.DuckDBPyConnection, subject: Subject) -> Iterator[RenderableType]:
    """Which segment the customer is in, and the rule that decided."""
    words = subject.words
    query = "from marts.fct_customer_segments where customer_id = $1 and period_month = $2"
    (row,) = records(connection, query, subject.customer_id, subject.period_month)
    key = f"rule_{row.matched_rule_priority}_{row.segment_code}"
    reason = words.text(key if words.has_text(key) else "rule_other")
    yield heading(words.text("segment"))
    yield facts(
        words,
        segment=words.listed(words.name("segment", row.segment_code), words.name("sub_segment", row.sub_segment_code)),
        credit_status=words.name("credit_status", row.credit_status),
        because=words.text("because_value", reason=reason, number=row.matched_rule_priority),
        **words.rule(row),
    )


def tiers(connection: duckdb.DuckDBPyConnection, subject: Subject) -> Iterator[RenderableType]:
    """The tier under every scheme that applies, what decided it and what is missing to the next one."""
    words = subject.words
    # what the next tier is called and goes by is told by the customers whom the same ladder put there
    query = """
        with next_tiers as (
            select scheme_code, population_code, rule_region_code, rule_effective_from, tier_rank + 1 as tier_rank,
                min(tier_code) as next_tier_code, list_sort(list(distinct metric_code)) as next_metric_codes
            from marts.fct_customer_tiers
            where status = 'rated' and period_month = $2
            group by all
            having count(distinct tier_code) = 1
        )
        select tiers.*, next_tiers.next_tier_code, coalesce(next_tiers.next_metric_codes, []) as next_metric_codes
        from marts.fct_customer_tiers as tiers
        left join next_tiers using (scheme_code, population_code, rule_region_code, rule_effective_from, tier_rank)
        where tiers.customer_id = $1 and tiers.period_month = $2
        order by tiers.scheme_code = 'management_level', tiers.scheme_code
    """
    rows = records(connection, query, subject.customer_id, subject.period_month)
    yield heading(words.text("tiers"))
    for row in rows:
        tier = words.tier(row.tier_code, row.unrated_reason)
        shown = words.text("tier_value", tier=tier, rank=row.tier_rank) if row.tier_rank else tier
        colour = "bold green" if row.tier_rank else "bold yellow"
        yield Text.assemble((words.name("tier_scheme", row.scheme_code), "bold"), words.text("colon"), (shown, colour))
        yield facts(words, "  ", **evidence(words, row))
    if not rows:
        yield Text(words.text("no_tiers"))


def evidence(words: Words, row: SimpleNamespace) -> dict[str, str]:
    """Why a tier is what it is, fact by fact."""
    found = {}
    if row.metric_code:
        found["judged"] = words.metric(row.metric_code, row.metric_value)
    remedy = (row.unrated_reason or "").partition(":")[0]
    if words.has_text(remedy):
        found["remedy"] = words.text(remedy)
    if row.status == "rated":
        bounds = {"lower": row.lower_bound, "upper": row.upper_bound}
        given = {side: words.measure(row.metric_code, bound) for side, bound in bounds.items() if bound is not None}
        if given and not row.metric_code.endswith("_mark"):
            found["within"] = words.text("_".join(given), **given)
        found["next"] = next_step(words, row)
    if row.approval_reference:
        region = "every_region" if row.rule_region_code == "*" else "one_region"
        region = words.text(region, region=words.name("region", row.rule_region_code))
        found |= words.rule(row, words.name("population", row.population_code), region)
    return found


def next_step(words: Words, row: SimpleNamespace) -> str:
    """What is missing to the next better tier, which may go by another metric than the one that decided."""
    if row.tier_rank == 1:
        return words.text("top")
    tier = words.name("tier", row.next_tier_code) if row.next_tier_code else words.text("better")
    amount, metric_codes = row.amount_to_next_tier, row.next_metric_codes
    if row.upper_bound is not None and not row.metric_code.endswith("_mark"):
        if amount is None:
            return words.text("next_bound", tier=tier, bound=words.measure(row.metric_code, row.upper_bound))
        is_own = amount == row.upper_bound - row.metric_value
        metric_codes = [row.metric_code] if is_own else [code for code in metric_codes if code != row.metric_code]
    metrics = words.text("or").join(words.name("metric", code) for code in metric_codes)
    if amount is None:
        return words.text("next_marks" if metrics else "next_other", tier=tier, metrics=metrics)
    shown = words.measure(metric_codes[0] if len(metric_codes) == 1 else "", amount)
    return words.text("next_amount", tier=tier, metrics=metrics or words.text("other_metric"), amount=shown)


def profit(connection: duckdb.DuckDBPyConnection, subject: Subject) -> Iterator[RenderableType]:
    """What the customer contributed, term by term, in the month and over twelve months."""
    words = subject.words
    signs = {
        "loan_transfer_amount": 1,
        "deposit_transfer_amount": 1,
        "net_fee_amount": 1,
        "capital_cost_amount": -1,
        "operating_cost_amount": -1,
        "credit_cost_amount": -1,
        "profit_contribution_amount": 1,
    }
    query = """
        from marts.fct_customer_profits
        where customer_id = $1 and period_month between $2::date - interval 11 month and $2
        order by period_month
    """
    months = records(connection, query, subject.customer_id, subject.period_month)
    yield heading(words.text("profit"))
    table = facts(words)
    table.add_column(justify="right")
    table.add_column(justify="right")
    table.add_row("", *(Text(words.text(span), "cyan") for span in ("of_month", "of_r12")))
    for term, sign in signs.items():
        amounts = [sign * getattr(row, term) for row in months]
        table.add_row(words.text(term), words.amount(amounts[-1]), words.amount(sum(amounts)))
    yield table
    raroc = months[-1].raroc_r12_rate
    if raroc is not None:
        yield facts(words, raroc=f"{raroc:.2%}")
    if not all(row.is_complete for row in months):
        yield Text(words.text("incomplete"), "italic")
    yield from priced_instruments(connection, subject)


def priced_instruments(connection: duckdb.DuckDBPyConnection, subject: Subject) -> Iterator[RenderableType]:
    """The accounts and loans behind the terms of the month: balance, the customer's rate against the internal price."""
    words = subject.words
    query = """
        select *, coalesce(loan_transfer_amount, deposit_transfer_amount) as transfer_amount
        from marts.fct_instrument_profits
        where customer_id = $1 and period_month = $2 and instrument_type <> 'fee'
            and (average_balance <> 0 or unpriced_reason is not null)
        order by instrument_type desc, abs(average_balance) desc, instrument_id
    """
    rows = records(connection, query, subject.customer_id, subject.period_month)
    if not rows:
        return
    table = Table.grid(padding=(0, 2))
    for justify in ("left", "right", "right", "right", "right"):
        table.add_column(justify=justify)
    titles = ("instruments", "average", "customer_rate", "ftp_rate", "transfer")
    table.add_row(*(Text(words.text(title), "cyan") for title in titles))
    for row in rows[:MOST_INSTRUMENTS]:
        given = ((row.average_balance, ",.2f"), (row.customer_rate, ".3%"), (row.ftp_rate, ".3%"))
        shown = ("–" if figure is None else format(figure, pattern) for figure, pattern in given)
        missing = words.name("unpriced_reason", row.unpriced_reason)
        table.add_row(Text(row.instrument_id), *shown, Text(missing or f"{row.transfer_amount:,.2f}"))
    yield table
    if len(rows) > MOST_INSTRUMENTS:
        yield Text(words.text("more_instruments", count=len(rows) - MOST_INSTRUMENTS), "italic")


def value(connection: duckdb.DuckDBPyConnection, subject: Subject) -> Iterator[RenderableType]:
    """The value group and the class of a company or institution, and the scores they rest on."""
    words = subject.words
    query = "from marts.fct_customer_values where customer_id = $1 and period_month = $2"
    rows = records(connection, query, subject.customer_id, subject.period_month)
    yield heading(words.text("value"))
    if not rows:
        yield Text(words.text("no_value"))
        return
    (row,) = rows
    bands = {
        "value_group": ("bank_value", row.contribution_band, row.bank_value_band),
        "customer_class": ("closeness", row.class_contribution_band, row.closeness_band),
    }
    for matrix, (score, contribution_band, score_band) in bands.items():
        result = words.name(matrix, getattr(row, f"{matrix}_code"))
        yield Text.assemble((words.name("matrix", matrix), "bold"), words.text("colon"), (result, "bold green"))
        yield facts(
            words,
            "  ",
            contribution=words.text(
                "banded", value=words.amount(row.profit_contribution_r12_amount), band=words.band(contribution_band)
            ),
            score=words.text(
                "banded_score",
                score=words.name("score", score),
                value=f"{getattr(row, f'{score}_score'):,.2f}",
                band=words.band(score_band),
            ),
            **words.rule(
                SimpleNamespace(
                    rule_effective_from=getattr(row, f"{matrix}_rule_effective_from"),
                    approval_reference=getattr(row, f"{matrix}_approval_reference"),
                )
            ),
        )
    yield from score_components(connection, subject)


def score_components(connection: duckdb.DuckDBPyConnection, subject: Subject) -> Iterator[RenderableType]:
    """Every component of the customer's scores with its value, points and weight; the heaviest first."""
    words = subject.words
    query = """
        from marts.fct_score_components
        where subject_type = 'customer' and subject_id = $1 and period_month = $2
        order by score_code, weight desc, component_code
    """
    rows = records(connection, query, subject.customer_id, subject.period_month)
    table = Table.grid(padding=(0, 2))
    for justify in ("left", "right", "left", "right", "right", "right"):
        table.add_column(justify=justify)
    for score in dict.fromkeys(row.score_code for row in rows):
        titles = (words.text(key) for key in ("metric", "unit", "points", "weight", "weighted"))
        table.add_row(*(Text(title, "cyan") for title in (words.name("score", score), *titles)))
        for row in rows:
            if row.score_code == score:
                shown = words.text("missing") if row.is_missing else f"{row.metric_value:,.4f}".rstrip("0").rstrip(".")
                table.add_row(
                    Text(words.name("score_component", row.component_code)),
                    shown,
                    words.name("score_unit", row.unit),
                    f"{row.points:,.2f}",
                    f"× {row.weight:.2f}",
                    f"{row.weighted_points:,.2f}",
                )
    yield table


def points(connection: duckdb.DuckDBPyConnection, subject: Subject) -> Iterator[RenderableType]:
    """The referrals that name the customer up to the month's end, as they are known on the as-of date."""
    words = subject.words
    query = """
        from marts.fct_referrals
        where $1 in (source_customer_id, buyer_customer_id) and sold_date < $2::date + interval 1 month
        order by sold_date desc, referral_id
    """
    rows = records(connection, query, subject.customer_id, subject.period_month)
    yield heading(words.text("points_section"))
    if not rows:
        yield Text(words.text("no_referrals"))
        return
    products = product_names(connection, words)
    query = "select department_id, coalesce(department_name, department_id) from marts.dim_departments"
    departments = dict(connection.execute(query).fetchall())
    table = titled(words, "referral", "product", "sold", ">points_earned", "standing")
    for row in rows[:MOST_REFERRALS]:
        table.add_row(
            *(Text(row.referral_id), Text(products[row.product_code]), f"{row.sold_date}", f"{row.points:,.2f}"),
            Text(standing(words, row)),
        )
        taking_part = (departments[one] for one in (row.participant_department_ids or "").split(";") if one)
        parties = {"lead": departments[row.lead_department_id], "participants": words.listed(*taking_part)}
        table.add_row("", Text(words.text("sold_by", **parties), "dim"))
    yield table
    if len(rows) > MOST_REFERRALS:
        yield Text(words.text("more_referrals", count=len(rows) - MOST_REFERRALS), "italic")


def standing(words: Words, row: SimpleNamespace) -> str:
    """How far a referral has come, and why it earns nothing where it does."""
    publicity = words.name("publicity_status", row.publicity_status)
    if row.status == "earning":
        return words.listed(words.name("referral_state", row.status), publicity)
    return words.listed(words.name("ledger_reason", row.reason_code), row.publicity_status == "disputed" and publicity)


def changes(connection: duckdb.DuckDBPyConnection, subject: Subject) -> Iterator[RenderableType]:
    """How the tiers moved in the twelve months up to the page's."""
    words = subject.words
    query = """
        select changes.*, tiers.metric_code, previous.metric_code as previous_metric_code
        from marts.fct_customer_tier_changes as changes
        left join marts.fct_customer_tiers as tiers using (customer_id, scheme_code, period_month)
        left join marts.fct_customer_tiers as previous
            on changes.customer_id = previous.customer_id and changes.scheme_code = previous.scheme_code
            and changes.period_month = previous.period_month + interval 1 month
        where changes.customer_id = $1
            and changes.period_month > $2::date - interval 12 month and changes.period_month <= $2
        order by changes.period_month, changes.scheme_code = 'management_level', changes.scheme_code
    """
    rows = records(connection, query, subject.customer_id, subject.period_month)
    yield heading(words.text("changes"))
    table = Table.grid(padding=(0, 2))
    for row in rows:
        line = words.text(
            "change",
            scheme=words.name("tier_scheme", row.scheme_code),
            before=words.tier(row.previous_tier_code, row.previous_unrated_reason),
            after=words.tier(row.tier_code, row.unrated_reason),
            change=words.name("tier_change", row.change_type).lower(),
        )
        table.add_row(f"{row.period_month:%Y-%m}", Text(line + what_moved(words, row)))
    yield table if rows else Text(words.text("no_changes"))


def what_moved(words: Words, row: SimpleNamespace) -> str:
    """The value before and after where one metric decided both times, else what decides now."""
    code, before, after = row.metric_code, row.previous_metric_value, row.metric_value
    if after is None or (code.endswith("_mark") and after == 0):
        return ""
    if code != row.previous_metric_code or before is None or code.endswith("_mark"):
        return words.text("now_by", metric=words.metric(code, after))
    return words.text("values", before=words.measure(code, before), after=words.measure(code, after))


SECTIONS: tuple[Callable[..., Iterator[RenderableType]], ...] = (
    identity,
    balances,
    segment,
    tiers,
    profit,
    value,
    points,
    changes,
)
