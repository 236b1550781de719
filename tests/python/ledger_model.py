"""The point ledger written a second time, from the specification alone: what each batch made known and posted.

It keeps the books as the text tells it, batch after batch with a ledger in hand, where the models compare every state
with the one before; nothing here is shared with them.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Rules:
    """The rule seeds that the ledger follows; dated values are in force from their date on."""

    points: dict[str, list[tuple[date, str, Decimal, Decimal]]]  # product: from, basis, unit, points
    lead_share: list[tuple[date, Decimal]]
    posting_lag_days: list[tuple[date, int]]
    share_tolerance: Decimal
    targets: dict[tuple[int, str], Decimal]
    half_target_rate: Decimal
    pools: dict[int, Decimal]


@dataclass(frozen=True)
class Department:
    batch: date
    department_id: str
    line: str


@dataclass(frozen=True)
class Referral:
    batch: date
    referral_id: str
    product: str
    sold: date
    quantity: Decimal
    amount: Decimal | None
    lead: str
    status: str


@dataclass(frozen=True)
class Participant:
    batch: date
    referral_id: str
    department_id: str
    share: Decimal | None


@dataclass(frozen=True)
class Review:
    batch: date
    review_id: str
    referral_id: str
    review_type: str
    reviewed: date
    outcome: str


@dataclass
class Deliveries:
    """Every row that every batch delivered."""

    departments: list[Department] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    participants: list[Participant] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)

    def batches(self) -> list[date]:
        rows = [*self.departments, *self.referrals, *self.participants, *self.reviews]
        return sorted({row.batch for row in rows})


@dataclass(frozen=True, order=True)
class Entry:
    """An entry of the ledger."""

    recorded: date
    referral_id: str
    department_id: str
    role: str
    product: str
    sold: date
    posted_month: date
    entry_type: str
    reason: str
    points: Decimal
    quantity: Decimal
    rule_from: date


def in_force(values: list, day: date):
    """The newest of several dated values not after a day."""
    return max((value for value in values if value[0] <= day), default=None)


def month(day: date) -> date:
    return day.replace(day=1)


def rounded(value: Fraction) -> Decimal:
    """Half away from zero, to the cent."""
    cents = int(abs(value) * 100 + Fraction(1, 2))
    return (cents if value > 0 else -cents) * CENT


def divided(total: Decimal, weights: dict[str, Decimal]) -> dict[str, Decimal]:
    """A total by weights, to the cent, by largest remainder; ties go to the first in order."""
    cents, whole = int(abs(total) * 100), sum(map(Fraction, weights.values()))
    exact = {key: cents * Fraction(weight) / whole for key, weight in weights.items()}
    parts = {key: int(value) for key, value in exact.items()}
    for key in sorted(weights, key=lambda key: (parts[key] - exact[key], key))[: cents - sum(parts.values())]:
        parts[key] += 1
    return {key: (part if total > 0 else -part) * CENT for key, part in parts.items()}


def ledger(deliveries: Deliveries, rules: Rules, as_of: date = date.max) -> list[Entry]:
    """The entries that the batches up to a day post."""
    books: dict[str, Book] = {}
    for batch in deliveries.batches():
        if batch <= as_of:
            known = Knowledge(deliveries, batch)
            for referral_id, row in known.referrals.items():
                post(known, row, books.setdefault(referral_id, Book()), rules)
    return sorted(entry for book in books.values() for entry in book.entries)


@dataclass
class Book:
    """What the ledger holds of a referral, and whether it earns and ever earned."""

    entries: list[Entry] = field(default_factory=list)
    earns: bool = False
    ever_earned: bool = False


class Knowledge:
    """What the bank knows once a batch has arrived: of each key the row of the newest batch that can be used."""

    def __init__(self, deliveries: Deliveries, batch: date) -> None:
        self.batch = batch
        arrived = [row for row in deliveries.departments if row.batch <= batch]
        self.lines = {row.department_id: row.line for row in sorted(arrived, key=lambda row: row.batch)}
        self.referrals: dict[str, Referral] = {}
        accepted = set()
        of_batch = Counter((row.batch, row.referral_id) for row in set(deliveries.referrals))
        for row in sorted((row for row in deliveries.referrals if row.batch <= batch), key=lambda row: row.batch):
            # two different rows of one key in one file are both refused
            if row.lead in self.lines and of_batch[row.batch, row.referral_id] == 1:
                self.referrals[row.referral_id] = row
                if row.sold <= row.batch:
                    accepted.add(row.referral_id)
        self.shares: dict[str, dict[str, Decimal | None]] = {}
        for row in sorted((row for row in deliveries.participants if row.batch <= batch), key=lambda row: row.batch):
            if row.referral_id in accepted and row.department_id in self.lines:
                self.shares.setdefault(row.referral_id, {})[row.department_id] = row.share
        self.reviews: dict[str, Review] = {}
        for row in sorted((row for row in deliveries.reviews if row.batch <= batch), key=lambda row: row.batch):
            if row.referral_id in accepted:
                self.reviews[row.review_id] = row

    def participants(self, referral_id: str) -> dict[str, Decimal | None]:
        """Who takes part; a share of 0 removes a participant."""
        return {key: share for key, share in self.shares.get(referral_id, {}).items() if share != 0}

    def outcome(self, referral_id: str, review_type: str) -> str | None:
        """What the newest review of a type says."""
        of_type = [
            row for row in self.reviews.values() if (row.referral_id, row.review_type) == (referral_id, review_type)
        ]
        return max(of_type, key=lambda row: row.reviewed).outcome if of_type else None


def why_nothing(known: Knowledge, row: Referral, rules: Rules) -> str | None:
    """Why a referral earns nothing, None when it earns."""
    if row.status == "withdrawn":
        return "withdrawn"
    shares = known.participants(row.referral_id)
    given = [share for share in shares.values() if share is not None]
    fault = None
    if row.sold > row.batch:
        fault = "out_of_range:sold_date"
    elif not shares:
        fault = "no_participant"
    elif row.lead in shares:
        fault = "lead_is_participant"
    elif given and (len(given) < len(shares) or abs(sum(given) - 1) > rules.share_tolerance):
        fault = "shares_not_whole"
    elif {known.lines[key] for key in shares} == {known.lines[row.lead]}:
        fault = "not_cross_line"
    elif in_force(rules.points.get(row.product, []), row.sold) is None:
        fault = "no_point_rule"
    if fault:
        return f"quarantined:{fault}"
    for review_type, outcome in (("objection", "upheld"), ("compliance", "failed"), ("spot_check", "failed")):
        if known.outcome(row.referral_id, review_type) == outcome:
            return f"{review_type}_{outcome}"
    return None


Line = tuple[Decimal, Decimal, date]


def earned(known: Knowledge, row: Referral, rules: Rules) -> dict[tuple[str, str, str, date], Line]:
    """Points, quantity and rule date of every department that a referral earns for."""
    rule_from, basis, unit, per_unit = in_force(rules.points[row.product], row.sold)
    base = row.quantity if basis == "quantity" else row.amount or Decimal(0)
    points = rounded(Fraction(base) / Fraction(unit) * Fraction(per_unit))
    lead = rounded(Fraction(points) * Fraction(in_force(rules.lead_share, row.sold)[1]))
    shares = known.participants(row.referral_id)
    parts = divided(points - lead, {key: Decimal(1) if share is None else share for key, share in shares.items()})
    lines = {(row.lead, "lead", row.product, row.sold): (lead, row.quantity, rule_from)}
    return lines | {
        (key, "participant", row.product, row.sold): (part, Decimal(0), rule_from) for key, part in parts.items()
    }


def post(known: Knowledge, row: Referral, book: Book, rules: Rules) -> None:
    """Add to the book of a referral what the ledger lacks of its state, or holds too much."""
    void_reason = why_nothing(known, row, rules)
    now = {} if void_reason else earned(known, row, rules)
    is_award = not void_reason and not book.earns
    if void_reason:
        entry_type, reason = "reversal", void_reason
    elif is_award:
        entry_type, reason = "award", "reinstated" if book.ever_earned else "confirmed"
    else:
        entry_type, reason = "adjustment", "corrected"
    held: dict[tuple[str, str, str, date], Line] = {}
    for entry in book.entries:
        key = (entry.department_id, entry.role, entry.product, entry.sold)
        points, quantity, _ = held.get(key, (Decimal(0), Decimal(0), None))
        held[key] = (points + entry.points, quantity + entry.quantity, entry.rule_from)
    lag = in_force(rules.posting_lag_days, known.batch)[1]
    nothing = (Decimal(0), Decimal(0), None)
    for key in sorted(now.keys() | held.keys()):
        department_id, role, product, sold = key
        points, quantity, rule_from = now.get(key, nothing)
        held_points, held_quantity, held_rule_from = held.get(key, nothing)
        # an award of nothing is an award; else nothing is posted without a difference
        if (points, quantity) != (held_points, held_quantity) or (is_award and key in now):
            book.entries.append(
                Entry(
                    recorded=known.batch,
                    referral_id=row.referral_id,
                    department_id=department_id,
                    role=role,
                    product=product,
                    sold=sold,
                    posted_month=max(month(sold), month(known.batch - timedelta(days=lag))),
                    entry_type=entry_type,
                    reason=reason,
                    points=points - held_points,
                    quantity=quantity - held_quantity,
                    rule_from=rule_from or held_rule_from,
                )
            )
    book.earns = not void_reason
    book.ever_earned = book.ever_earned or book.earns


def rewards(entries: list[Entry], rules: Rules) -> dict[tuple[int, str], tuple[Decimal, Decimal]]:
    """Counted points and reward of every department and year."""
    sold: dict[tuple[int, str], Decimal] = {}
    for entry in entries:
        key = (entry.posted_month.year, entry.product)
        sold[key] = sold.get(key, Decimal(0)) + entry.quantity
    counted: dict[tuple[int, str], Decimal] = {}
    for entry in entries:
        year = entry.posted_month.year
        target = rules.targets.get((year, entry.product))
        counts = target is None or sold[year, entry.product] >= target * rules.half_target_rate
        key = (year, entry.department_id)
        counted[key] = counted.get(key, Decimal(0)) + (entry.points if counts else 0)
    result = {key: (points, Decimal(0)) for key, points in counted.items()}
    for year, pool in rules.pools.items():
        weights = {key[1]: points for key, points in counted.items() if key[0] == year and points > 0}
        for department_id, amount in (divided(pool, weights) if weights else {}).items():
            result[year, department_id] = (weights[department_id], amount)
    return result
