"""How a comparison of rules is shown in the terminal."""

from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bankmart.whatif import Comparison

WITHOUT_TIER = {"unrated": "Unrated", "none": "Outside"}
TERM_NAMES = {
    "loan_transfer_amount": "loan transfer",
    "deposit_transfer_amount": "deposit transfer",
    "net_fee_amount": "net fees",
    "capital_cost_amount": "capital cost",
    "operating_cost_amount": "operating cost",
    "credit_cost_amount": "credit cost",
    "profit_contribution_amount": "profit contribution",
    "profit_contribution_r12_amount": "the same, twelve months",
}


def report(comparison: Comparison) -> Group:
    """The whole comparison: what was rebuilt, who moves, what is earned and what is paid."""
    sections = (summary, migrations, profits, customers, rewards)
    return Group(*(part for section in sections for part in section(comparison)))


def summary(comparison: Comparison) -> Iterator[RenderableType]:
    """Which rules differ, and what follows from them."""
    table = Table.grid(padding=(0, 2))
    for position, rule in enumerate(comparison.rules):
        changed = f"rows out {rule.rows_out}, in {rule.rows_in}" if rule.rows_out or rule.rows_in else "the same rows"
        table.add_row("" if position else "rules", f"{rule.name}: {changed}")
    table.add_row("month", f"{comparison.month:%Y-%m}, as of {comparison.as_of_date}")
    table.add_row(
        "rebuilt", f"{comparison.model_count} models, {comparison.test_count} tests in {comparison.seconds} seconds"
    )
    changed = [f"{relation} {count:,}" for relation, count in comparison.marts if count]
    table.add_row("rows that differ", ", ".join(changed) or f"none, in {len(comparison.marts)} marts")
    yield table


def migrations(comparison: Comparison) -> Iterator[RenderableType]:
    """A matrix for every scheme in which somebody moves."""
    unmoved = []
    for scheme in dict.fromkeys(move[0] for move in comparison.moves):
        moves = [move for move in comparison.moves if move[0] == scheme]
        if all(now == other for _, now, other, *_ in moves):
            unmoved.append(scheme_name(comparison, scheme))
        else:
            yield from titled(f"{scheme_name(comparison, scheme)}: customers, now by row, what-if by column")
            yield matrix(comparison, scheme, moves)
    if unmoved:
        yield Text()
        yield Text(f"Nobody moves in: {', '.join(unmoved)}")


def matrix(comparison: Comparison, scheme: str, moves: list[tuple]) -> Table:
    """Customers by the tier they have, down, and the tier they would have, across."""
    counts = {(now, other): count for _, now, other, _, _, count in moves}
    ranks = {
        place: rank
        for _, now, other, now_rank, other_rank, _ in moves
        for place, rank in ((now, now_rank), (other, other_rank))
    }
    places = sorted(ranks, key=lambda place: (ranks[place] is None, ranks[place] or 0, place == "none", place))
    table = plain_table()
    table.add_column("")
    for place in places:
        table.add_column(place_name(comparison, scheme, place), justify="right")
    for now in places:
        cells = [
            Text(f"{counts[now, other]:,}" if (now, other) in counts else "", "dim" if now == other else "bold")
            for other in places
        ]
        if any(cell.plain for cell in cells):
            table.add_row(place_name(comparison, scheme, now), *cells)
    return table


def profits(comparison: Comparison) -> Iterator[RenderableType]:
    """The terms of the profit contribution, summed over all customers."""
    table = plain_table()
    for column in ("term", "now", "what-if", "difference", "customers"):
        table.add_column(column, justify="left" if column == "term" else "right")
    for term, now, other, difference, count in comparison.profits:
        table.add_row(TERM_NAMES[term], f"{now:,}", f"{other:,}", signed(difference), f"{count:,}")
    if any(row[-1] for row in comparison.profits):
        yield from titled("Profit contribution of the month, yuan")
        yield table
    else:
        yield from (Text(), Text("Nobody's profit contribution differs"))


def customers(comparison: Comparison) -> Iterator[RenderableType]:
    """Who gains or loses most."""
    if not comparison.customers:
        return
    yield from titled("Customers whose contribution of the month differs most, yuan")
    table = plain_table()
    for column in ("customer", "name", "month", "twelve months"):
        table.add_column(column, justify="right" if column.endswith(("month", "months")) else "left")
    for customer_id, name, difference, year_difference in comparison.customers:
        table.add_row(customer_id, Text(name), signed(difference), signed(year_difference))
    yield table


def rewards(comparison: Comparison) -> Iterator[RenderableType]:
    """What every department would be paid, where that differs."""
    if not comparison.rewards:
        yield from (Text(), Text("No department's points or reward differ"))
        return
    yield from titled("Rewards of departments, yuan")
    table = plain_table()
    for column in ("year", "department", "points now", "what-if", "reward now", "what-if", "difference"):
        table.add_column(column, justify="left" if column in ("year", "department") else "right")
    for year, department_id, *numbers, difference in comparison.rewards:
        values = (f"{number:,}" if number is not None else "" for number in numbers)
        table.add_row(str(year), department_id, *values, signed(difference))
    yield table


def titled(title: str) -> tuple[Text, Text]:
    """The title of a table."""
    return Text(), Text(title, "bold")


def plain_table() -> Table:
    """A table without frame lines, so that it can be copied into a mail."""
    return Table(box=SIMPLE_HEAD, pad_edge=False)


def signed(difference: object) -> str:
    """A difference with its sign."""
    return f"{difference:+,}" if difference else "0"


def scheme_name(comparison: Comparison, scheme: str) -> str:
    """The name of a scheme; segments are shown as one."""
    return "Segment" if scheme == "segment" else comparison.names[("tier_scheme", scheme)]


def place_name(comparison: Comparison, scheme: str, place: str) -> str:
    """The name of a tier or segment, or of having none."""
    if place in WITHOUT_TIER:
        return WITHOUT_TIER[place]
    return comparison.names[("segment" if scheme == "segment" else "tier", place)]
