"""The point ledger under random histories: it equals an independent model, its parts sum, and it only ever grows.

The models' SQL is compiled once and run on landed rows that the test makes up, in one connection. Every example is a
bank with many referrals, each with a history of its own, so that a thousand histories take a minute, and one that fails
still shrinks to what is wrong with it.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import duckdb
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

import ledger_model as model
from conftest import Warehouse

HISTORIES, PER_BANK, SEEDS = 1000, 25, 4
TARGETS = ("fct_department_rewards", "fct_referrals", "fct_point_publications", "assert_ledger_splits_sum_to_points")
AS_OF = "2099-12-31"

# the ends of months and the days around them, on both sides of the posting lag
BATCHES = [
    date(2026, 11, 30),
    date(2026, 12, 3),
    date(2026, 12, 31),
    date(2027, 1, 5),
    date(2027, 1, 6),
    date(2027, 2, 20),
]
DEPARTMENTS = {"CA": "corporate", "CB": "corporate", "RA": "retail", "RB": "retail", "SA": "shared"}
RULES = model.Rules(
    points={
        "credit_card": [
            (date(2026, 1, 1), "quantity", Decimal(1), Decimal(5)),
            (date(2026, 12, 1), "quantity", Decimal(1), Decimal("6.5")),
        ],
        "debit_card": [(date(2026, 11, 15), "quantity", Decimal(3), Decimal(1))],
        "wealth_management": [(date(2026, 1, 1), "amount", Decimal(10000), Decimal("0.7777"))],
    },
    lead_share=[(date(2000, 1, 1), Decimal("0.20")), (date(2026, 12, 15), Decimal("0.3333"))],
    posting_lag_days=[(date(2000, 1, 1), 5)],
    share_tolerance=Decimal("0.0001"),
    targets={(2026, "credit_card"): Decimal(40), (2027, "wealth_management"): Decimal("20")},
    half_target_rate=Decimal("0.50"),
    pools={2026: Decimal("500000.01"), 2027: Decimal("99.99")},
)
PRODUCTS = [*RULES.points, "cash_management"]


# --- Random banks ------------------------------------------------------------------------------------------

batches = st.sampled_from(BATCHES)
SOLD = [date(2026, 11, 14), date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 15), date(2027, 1, 4)]
SHARES = [None, *map(Decimal, ("0", "0", "0", "0.5", "0.25", "0.3333", "0.3334", "0.6666", "1"))]
# who takes part at first, with a lead of the retail line
TEAMS = [{"CA": None}, {"CA": Decimal("0.3"), "CB": Decimal("0.7")}, {"CA": None, "CB": None, "SA": None}, {}]
# what a later batch may correct, and the values it takes
CORRECTIONS = {
    "product": PRODUCTS,
    "sold": SOLD,
    "quantity": [Decimal(0), Decimal(1), Decimal("2.5"), Decimal("7.77")],
    "amount": [None, Decimal("-12345.67"), Decimal("0.01"), Decimal("64500.00"), Decimal("999999.99")],
    "lead": ["RA", "RB", "CA", "XX"],
    "status": ["withdrawn", "confirmed"],
}
CHANGES = [*CORRECTIONS, "status", "again", "early", "twice", *["participant"] * 2, *["review"] * 3]


@st.composite
def histories(draw: st.DrawFn) -> dict:
    """What is delivered of one referral, batch by batch: mostly a good one, then corrections, withdrawals and reviews.

    Of a referral a batch may deliver a second row, equal or not.
    """
    first = draw(st.sampled_from(BATCHES[:4]))
    version = {
        "product": draw(st.sampled_from(list(RULES.points))),
        "sold": draw(st.sampled_from(SOLD[:3])),
        "quantity": draw(st.integers(0, 999).map(lambda cents: Decimal(cents) / 100)),
        "amount": draw(st.integers(-99_999, 99_999_999).map(lambda cents: Decimal(cents) / 100)),
        "lead": draw(st.sampled_from(["RA", "RA", "RB", "CA"])),
        "status": "confirmed",
    }
    versions = {first: version}
    second_rows = {}
    participants = {(first, key): share for key, share in draw(st.sampled_from(TEAMS)).items()}
    reviews = {}
    changes = st.tuples(batches, st.sampled_from(CHANGES), st.integers(0, 999))
    for batch, change, choice in sorted(draw(st.lists(changes, max_size=9))):
        if change in CORRECTIONS and batch >= first:
            version = {**version, change: CORRECTIONS[change][choice % len(CORRECTIONS[change])]}
            versions[batch] = version
        elif change == "again" and batch > first:
            # a row delivered again as it was mends whatever came between
            earlier = sorted(day for day in versions if day < batch)
            version = versions[batch] = versions[earlier[choice % len(earlier)]]
        elif change == "early" and batch > first:
            # a sale after its batch, perhaps led by a department that comes later
            early = {"sold": batch + timedelta(days=1 + choice % 9), "lead": ["RA", "XX"][choice // 9 % 2]}
            versions[batch] = {**version, **early}
        elif change == "twice":
            column = [*CORRECTIONS][choice % len(CORRECTIONS)]
            batch = sorted(versions)[choice // 6 % len(versions)]
            second_rows[batch] = {
                **versions[batch],
                column: CORRECTIONS[column][choice // 36 % len(CORRECTIONS[column])],
            }
        elif change == "participant":
            department_id = [*DEPARTMENTS, "XX"][choice % 6]
            participants[batch, department_id] = SHARES[choice // 6 % len(SHARES)]
        elif change == "review":
            reviews[batch, 1 + choice % 4] = choice // 4 % 6
    return {"versions": versions, "second_rows": second_rows, "participants": participants, "reviews": reviews}


@st.composite
def banks(draw: st.DrawFn) -> tuple[model.Deliveries, date]:
    """The histories of a bank, its departments changing line or arriving late, and a day to replay."""
    deliveries = model.Deliveries()
    for department_id, line in DEPARTMENTS.items():
        deliveries.departments.append(model.Department(BATCHES[0], department_id, line))
    deliveries.departments.append(model.Department(draw(batches), "XX", draw(st.sampled_from(["corporate", "retail"]))))
    for batch in draw(st.sets(st.sampled_from(BATCHES[1:]), max_size=1)):
        deliveries.departments.append(model.Department(batch, "CB", "retail"))
    for number, history in enumerate(draw(st.lists(histories(), min_size=PER_BANK, max_size=PER_BANK))):
        referral_id = f"R{number:03d}"
        for batch, version in [*history["versions"].items(), *history["second_rows"].items()]:
            deliveries.referrals.append(model.Referral(batch=batch, referral_id=referral_id, **version))
        for (batch, department_id), share in history["participants"].items():
            deliveries.participants.append(model.Participant(batch, referral_id, department_id, share))
        for (batch, review), choice in history["reviews"].items():
            # the same review, delivered later, may say something else or turn out to be about another referral
            review_type = ("objection", "compliance", "spot_check")[review % 3]
            said = {"objection": ("open", "upheld", "dismissed")}.get(review_type, ("passed", "failed"))
            about = referral_id if choice < 5 else f"R{(number + 1) % PER_BANK:03d}"
            reviewed = date(2026, 11, 1 + review + 10 * (number % 2))
            deliveries.reviews.append(
                model.Review(batch, f"V{number:03d}{review}", about, review_type, reviewed, said[choice % len(said)])
            )
    return deliveries, draw(batches)


# --- The models, run in memory -----------------------------------------------------------------------------


class Models:
    """The models behind the rewards, compiled once, over landed rows that a test puts there."""

    def __init__(self, demo_bank: Warehouse) -> None:
        result = demo_bank.dbt("compile", "--select", *(f"+{name}" for name in TARGETS), BANKMART_AS_OF_DATE=AS_OF)
        assert result.returncode == 0, result.stdout
        manifest = json.loads((demo_bank.home / "target" / "manifest.json").read_text(encoding="utf-8"))
        nodes = {key: node for key, node in manifest["nodes"].items() if node.get("compiled_code")}
        self.statements: list[str] = []
        self.splits = next(node["compiled_code"] for node in nodes.values() if node["name"] == TARGETS[-1])
        waiting = [key for key, node in nodes.items() if node["resource_type"] == "model"]
        while waiting:
            key = next(key for key in waiting if not set(nodes[key]["depends_on"]["nodes"]) & set(waiting))
            waiting.remove(key)
            node = nodes[key]
            kind = "view" if node["config"]["materialized"] == "view" else "table"
            relation = f"bankmart.{node['schema']}.{node['name']}"
            self.statements.append(f"create or replace {kind} {relation} as {node['compiled_code']}")
        self.connection = duckdb.connect()
        self.connection.execute("attach ':memory:' as bankmart")
        self.connection.execute(f"attach '{demo_bank.home / 'bankmart.duckdb'}' as demo (read_only)")
        # the functions that the statements call are there
        self.connection.execute("use demo")
        for schema in ("landing", "rules", "staging", "intermediate", "marts"):
            self.connection.execute(f"create schema bankmart.{schema}")
        for schema, rows in (("landing", " limit 0"), ("rules", "")):
            tables = self.connection.execute(
                "select table_name from information_schema.tables where table_catalog = 'demo' and table_schema = ?",
                [schema],
            ).fetchall()
            for (table,) in tables:
                self.connection.execute(f"create table bankmart.{schema}.{table} as from demo.{schema}.{table}{rows}")
        self.write_rules()
        self.seen: set[tuple[str, str]] = set()

    def write_rules(self) -> None:
        """The rules of the test in place of the bank's."""
        rules = {
            "rule_product_points": [
                (product, *rule, "interpretation") for product, dated in RULES.points.items() for rule in dated
            ],
            "rule_product_targets": [(*key, target, "interpretation") for key, target in RULES.targets.items()],
            "rule_reward_pools": [(*pool, "interpretation") for pool in RULES.pools.items()],
        }
        columns = {
            "rule_product_points": "product_code, effective_from, basis, unit, points, approval_reference",
            "rule_product_targets": "assessment_year, product_code, target_quantity, approval_reference",
            "rule_reward_pools": "assessment_year, pool_amount, approval_reference",
        }
        for table, rows in rules.items():
            self.connection.execute(f"delete from bankmart.rules.{table}")
            marks = ", ".join("?" * len(rows[0]))
            self.connection.executemany(f"insert into bankmart.rules.{table} ({columns[table]}) values ({marks})", rows)
        dated = [("lead_share", *row) for row in RULES.lead_share]
        dated += [("posting_lag_days", *row) for row in RULES.posting_lag_days]
        dated += [("half_target_rate", date(2000, 1, 1), RULES.half_target_rate)]
        self.connection.execute(
            "delete from bankmart.rules.rule_parameters where parameter_code in "
            "('lead_share', 'posting_lag_days', 'half_target_rate')"
        )
        self.connection.executemany(
            "insert into bankmart.rules.rule_parameters (parameter_code, region_code, effective_from, value, "
            "approval_reference) values (?, '*', ?, ?, 'interpretation')",
            dated,
        )

    def land(self, deliveries: model.Deliveries) -> None:
        """Put rows where landing puts them, as text."""
        columns = {
            "departments": {"department_id": "department_id", "business_line": "line"},
            "referrals": {
                **{"referral_id": "referral_id", "product_code": "product", "sold_date": "sold"},
                **{"quantity": "quantity", "amount": "amount", "lead_department_id": "lead", "status": "status"},
            },
            "participants": {name: name for name in ("referral_id", "department_id", "share")},
            "reviews": {
                **{"review_id": "review_id", "referral_id": "referral_id", "review_type": "review_type"},
                **{"review_date": "reviewed", "outcome": "outcome"},
            },
        }
        for kind, names in columns.items():
            extract = kind if kind in ("departments", "referrals") else f"referral_{kind}"
            rows = [
                (row.batch, number, *(text(getattr(row, name)) for name in names.values()))
                for number, row in enumerate(getattr(deliveries, kind), start=1)
            ]
            self.connection.execute(f"delete from bankmart.landing.{extract}")
            if rows:
                values = ", ".join(["(" + ", ".join("?" * len(rows[0])) + ")"] * len(rows))
                self.connection.execute(
                    f"insert into bankmart.landing.{extract} (batch_date, file_name, row_number, {', '.join(names)}) "
                    f"select column0, 'test.csv', columns(* exclude column0) from (values {values}) as rows"
                    f"({', '.join(f'column{place}' for place in range(len(rows[0])))})",
                    [value for row in rows for value in row],
                )

    def run(self, as_of: str = AS_OF) -> list[model.Entry]:
        """Build the models as of a day; returns the ledger."""
        for statement in self.statements:
            self.connection.execute(statement.replace(AS_OF, as_of))
        rows = self.connection.execute(
            "select recorded_date, referral_id, department_id, role, product_code, sold_date, posted_month, "
            "entry_type, reason_code, points, quantity, rule_effective_from from bankmart.marts.fct_point_ledger"
        ).fetchall()
        return sorted(model.Entry(*row) for row in rows)

    def rows(self, query: str) -> list[tuple]:
        """Rows of a query on what was built."""
        return self.connection.execute(query).fetchall()


def text(value: object) -> str | None:
    """A value as an extract holds it."""
    return None if value is None else str(value)


@pytest.fixture(scope="module")
def models(demo_bank: Warehouse) -> Iterator[Models]:
    built = Models(demo_bank)
    yield built
    built.connection.close()


# --- What must hold ----------------------------------------------------------------------------------------


def test_the_ledger_of_a_thousand_random_histories(models: Models) -> None:
    """They must also show every type of entry, and most reasons of a reversal, or they prove little."""
    # a few banks from each seed: what comes later from one varies its first ones, and shows little that is new
    for number in range(SEEDS):
        seed(number)(check_a_bank)(models)
    assert models.seen >= {("award", "confirmed"), ("award", "reinstated"), ("adjustment", "corrected")}
    assert len([reason for entry_type, reason in models.seen if entry_type == "reversal"]) > 5


@settings(
    max_examples=HISTORIES // PER_BANK // SEEDS,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(bank=banks())
def check_a_bank(models: Models, bank: tuple[model.Deliveries, date]) -> None:
    deliveries, replayed = bank
    models.land(deliveries)
    entries = models.run()
    assert entries == model.ledger(deliveries, RULES)
    models.seen |= {(entry.entry_type, entry.reason) for entry in entries}
    assert_splits_sum(models)
    assert_rewards_sum(models, entries)
    assert_nothing_posts_to_a_closed_month(entries)
    assert_what_is_shown_is_what_is_posted(models)
    assert models.run(replayed.isoformat()) == [entry for entry in entries if entry.recorded <= replayed]


def assert_splits_sum(models: Models) -> None:
    """At every change of every referral that earns, the departments' points are the referral's."""
    assert models.rows(models.splits) == []


def assert_rewards_sum(models: Models, entries: list[model.Entry]) -> None:
    """The rewards are the model's, and those of a year are its whole pool or nothing."""
    found = models.rows(
        "select assessment_year, department_id, counted_points, reward_amount "
        "from bankmart.marts.fct_department_rewards"
    )
    expected = model.rewards(entries, RULES)
    assert {(year, department): (points, reward) for year, department, points, reward in found} == expected
    for year, pool in RULES.pools.items():
        amounts = [reward for reward_year, _, _, reward in found if reward_year == year]
        best = max((points for reward_year, _, points, _ in found if reward_year == year), default=0)
        assert sum(amounts) == (pool if best > 0 else 0)


def assert_nothing_posts_to_a_closed_month(entries: list[model.Entry]) -> None:
    """A month is closed for every batch that comes more than five days after it."""
    last_batch = {entry.posted_month: date.min for entry in entries}
    for entry in entries:
        last_batch[entry.posted_month] = max(last_batch[entry.posted_month], entry.recorded)
    for posted_month, recorded in last_batch.items():
        next_month = date(posted_month.year + posted_month.month // 12, posted_month.month % 12 + 1, 1)
        assert (recorded - next_month).days < 5


def assert_what_is_shown_is_what_is_posted(models: Models) -> None:
    """The points of a month's publication, and of a referral, are the sums of the ledger's."""
    posted, of_referrals = defaultdict(Decimal), defaultdict(Decimal)
    for month, department, referral, points in models.rows(
        "select posted_month, department_id, referral_id, points from bankmart.marts.fct_point_ledger"
    ):
        posted[month, department] += points
        of_referrals[referral] += points
    shown = models.rows("select posted_month, department_id, points from bankmart.marts.fct_point_publications")
    assert {(month, department): points for month, department, points in shown} == posted
    referrals = models.rows("select referral_id, points from bankmart.marts.fct_referrals")
    assert {referral: points for referral, points in referrals if referral in of_referrals} == of_referrals
    assert not any(points for referral, points in referrals if referral not in of_referrals)
