"""What-if: other rules give exactly the differences that they must, and the warehouse does not notice."""

import csv
import fcntl
import json
import shutil
from collections import Counter
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from bankmart.settings import PROJECT
from conftest import Warehouse

RULES = PROJECT / "seeds" / "rules"
PROPOSAL = PROJECT / "examples" / "whatif" / "proposal"


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def proposal(demo_bank: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, str]] | str]:
    """The example proposal on the demo bank: what was printed, and every CSV file; nothing may be left behind."""
    folder = tmp_path_factory.mktemp("whatif") / "csv"
    before = (demo_bank.home / "bankmart.duckdb").read_bytes(), demo_bank.publication_bytes()
    result = demo_bank.command("whatif", "--rules", PROPOSAL, "--csv", folder)
    assert result.returncode == 0, result.stderr
    assert ((demo_bank.home / "bankmart.duckdb").read_bytes(), demo_bank.publication_bytes()) == before
    assert list(demo_bank.home.rglob("whatif.duckdb*")) == []
    return {"printed": result.stdout} | {path.stem: read_csv(path) for path in folder.iterdir()}


def test_the_example_proposes_what_its_readme_says() -> None:
    """The bug it looks for: rules that went on changing while the example stood still, so that it undoes them."""
    for path in PROPOSAL.glob("*.csv"):
        now, other = ((folder / path.name).read_text("utf-8").splitlines() for folder in (RULES, PROPOSAL))
        assert len(Counter(now) - Counter(other)) == len(Counter(other) - Counter(now)) == 1, path.name
        assert len(now) == len(other)


def test_the_readme_shows_what_the_command_says(proposal: dict) -> None:
    """The bug it looks for: figures of an earlier demo bank; seconds and what `…` leaves out may differ."""
    said = {" ".join(line.split()) for line in proposal["printed"].splitlines()}
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    block = readme.partition("$ bankmart whatif --rules examples/whatif/proposal --csv differences\n")[2].partition(
        "\n```"
    )[0]
    shown = [" ".join(line.split()) for line in block.splitlines() if line.strip("… ")]
    assert len(shown) > 20
    rebuilt = [line.partition(" in ")[0] for line in said | set(shown) if line.startswith("rebuilt ")]
    assert rebuilt[0] == rebuilt[1]
    assert [line for line in shown if line not in said and not line.startswith("rebuilt ")] == []


def test_a_lower_bound_moves_exactly_those_between_the_bounds(demo_bank: Warehouse, proposal: dict) -> None:
    between = {
        row[0]
        for row in demo_bank.rows(
            """
            select tiers.customer_id
            from marts.fct_customer_tiers as tiers
            inner join intermediate.int_customer_metrics as metrics using (customer_id, period_month)
            where scheme_code = 'traditional_company_scale' and period_month = date '2026-10-01'
                and tier_code in ('medium', 'small') and metrics.revenue >= 150000000 and metrics.revenue < 300000000
            """
        )
    }
    moved = [row for row in proposal["tier_differences"] if row["scheme_code"] == "traditional_company_scale"]
    assert {row["customer_id"] for row in moved} == between
    assert len(between) == 10
    assert {(row["tier_now"], row["tier_whatif"], row["approval_reference_whatif"]) for row in moved} == {
        ("medium", "large", "proposal")
    }
    # a large company is looked after one level higher
    managed = [row for row in proposal["tier_differences"] if row["scheme_code"] == "management_level"]
    assert {(row["tier_now"], row["tier_whatif"]) for row in managed} == {("tier2_branch", "tier1_branch")}
    assert {row["customer_id"] for row in managed} <= between
    assert len(proposal["tier_differences"]) == len(moved) + len(managed)


def test_the_migration_matrix_counts_every_customer_of_every_scheme_once(demo_bank: Warehouse, proposal: dict) -> None:
    counted: dict[str, int] = {}
    for row in proposal["tier_migrations"]:
        counted[row["scheme_code"]] = counted.get(row["scheme_code"], 0) + int(row["customer_count"])
    month = "where period_month = date '2026-10-01'"
    rated = demo_bank.rows(f"select scheme_code, count(*) from marts.fct_customer_tiers {month} group by all")
    (segmented,) = demo_bank.rows(f"select 'segment', count(*) from marts.fct_customer_segments {month}")
    assert counted == dict([*rated, segmented])
    moves = {
        (row["scheme_code"], row["tier_now"], row["tier_whatif"]): int(row["customer_count"])
        for row in proposal["tier_migrations"]
        if row["tier_now"] != row["tier_whatif"]
    }
    assert moves == {
        ("traditional_company_scale", "medium", "large"): 10,
        ("management_level", "tier2_branch", "tier1_branch"): 10,
    }


def test_a_higher_price_of_deposits_earns_its_spread(demo_bank: Warehouse, proposal: dict) -> None:
    """Ten basis points on the demand deposits of companies: days balance × 0.0010 ÷ 360, account by account."""
    expected = demo_bank.rows(
        """
        select profits.customer_id, sum(profits.average_balance * day(months.period_end_date) * 0.0010 / 360), count(*)
        from marts.fct_instrument_profits as profits
        inner join marts.dim_months as months using (period_month)
        where profits.period_month = date '2026-10-01' and profits.instrument_type = 'account'
            and profits.product_code = 'dep_demand_corp' and profits.unpriced_reason is null
        group by profits.customer_id
        """
    )
    differences = {
        row["customer_id"]: row
        for row in proposal["profit_differences"]
        if Decimal(row["profit_contribution_amount_difference"])
    }
    assert len(differences) > 200
    assert set(differences) <= {customer_id for customer_id, _, _ in expected}
    for customer_id, amount, account_count in expected:
        row = differences.get(customer_id, {})
        got = Decimal(row.get("deposit_transfer_amount_difference", 0))
        assert abs(got - Decimal(amount)) <= Decimal("0.02") * account_count, customer_id
        assert Decimal(row.get("profit_contribution_amount_difference", 0)) == got
    assert (
        f"{sum(Decimal(row['deposit_transfer_amount_difference']) for row in differences.values()):+,}"
        in (proposal["printed"])
    )


def test_a_larger_pool_is_paid_whole(demo_bank: Warehouse, proposal: dict) -> None:
    rewards = proposal["reward_differences"]
    assert {row["assessment_year"] for row in rewards} == {"2026"}
    assert sum(Decimal(row["reward_amount_whatif"]) for row in rewards) == Decimal("800000.00")
    total = sum(Decimal(row["counted_points_now"]) for row in rewards)
    for row in rewards:
        assert row["counted_points_now"] == row["counted_points_whatif"]
        share = Decimal("800000.00") * Decimal(row["counted_points_now"]) / total
        assert abs(Decimal(row["reward_amount_whatif"]) - share) <= Decimal("0.01")


def test_equal_rules_make_no_difference(demo_bank: Warehouse, tmp_path: Path) -> None:
    """The bug it looks for: a difference that comes from rebuilding and not from the rules."""
    rules, differences = tmp_path / "rules", tmp_path / "csv"
    rules.mkdir()
    for path in (*RULES.glob("rule_t*.csv"), *RULES.glob("rule_segments.csv"), *RULES.glob("rule_reward_pools.csv")):
        header, *rows = path.read_text(encoding="utf-8").splitlines()
        # the order of rows says nothing
        (rules / path.name).write_text("\n".join([header, *reversed(rows)]) + "\n", encoding="utf-8")
    # a parameter that nobody reads decides nothing either, which is said
    parameters = changed("rule_parameters.csv", "\n", "\nmisspelt,*,2000-01-01,1,none,\n", 1)
    (rules / "rule_parameters.csv").write_text(parameters, encoding="utf-8")
    result = demo_bank.command("whatif", "--rules", rules, "--csv", differences, "--month", "2026-09-01")
    assert result.returncode == 0, result.stderr
    assert "rule_parameters: misspelt decides nothing; is it misspelt?" in result.stderr
    assert "rows that differ  none" in result.stdout
    assert result.stdout.count("the same rows") == len(list(rules.iterdir())) - 1
    assert "Nobody's profit contribution differs" in result.stdout
    assert "No department's points or reward differ" in result.stdout
    migrations = read_csv(differences / "tier_migrations.csv")
    assert migrations and all(row["tier_now"] == row["tier_whatif"] for row in migrations)
    for name in ("tier_differences", "profit_differences", "reward_differences"):
        assert read_csv(differences / f"{name}.csv") == [], name


def changed(name: str, *replacement) -> str:
    """A file of rules with a part of its text replaced."""
    return (RULES / name).read_text(encoding="utf-8").replace(*replacement)


POOLS = "rule_reward_pools.csv"
BAD_RULES = {
    "a file that replaces nothing": ({"rule_tier_ladder.csv": "a\n"}, "did you mean rule_tier_ladders.csv?"),
    "a file of another kind": ({"rules.xlsx": "a\n"}, "replaces no file of"),
    "no file": ({}, "no rules in it; put a changed copy"),
    "a missing column": (
        {POOLS: "assessment_year,pool_amount\n2026,1\n"},
        "missing: approval_reference; unknown or twice: none",
    ),
    "a column too many": (
        {POOLS: changed(POOLS, "approval_reference\n", "approval_reference,note\n")},
        "missing: none; unknown or twice: note",
    ),
    "a column twice": (
        {POOLS: changed(POOLS, "approval_reference\n", "approval_reference,pool_amount\n")},
        "missing: none; unknown or twice: pool_amount, pool_amount",
    ),
    "no header": ({POOLS: ""}, "missing: assessment_year, pool_amount, approval_reference"),
    "a word for a number": ({POOLS: changed(POOLS, "500000.01", "half")}, "row 3: pool_amount is 'half'; give a value"),
    "a value too few": ({POOLS: "assessment_year,pool_amount,approval_reference\n2026,1\n"}, "give every row 3 values"),
    "another encoding": ({POOLS: changed(POOLS, "interpretation", "解释").encode("gb18030")}, "is not UTF-8"),
    "a ladder without a bottom": (
        {"rule_tier_ladders.csv": changed("rule_tier_ladders.csv", "small_enterprise_margin,small,4,,", "x,small,4,,")},
        "rule_tier_ladders",
    ),
}


@pytest.mark.parametrize("case", BAD_RULES)
def test_rules_that_cannot_be_read_are_refused_by_name(demo_bank: Warehouse, tmp_path: Path, case: str) -> None:
    files, message = BAD_RULES[case]
    for name, content in files.items():
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    result = demo_bank.command("whatif", "--rules", tmp_path)
    assert result.returncode == 1, result.stdout
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert all(line.startswith("bankmart: ") for line in result.stderr.splitlines())
    assert list(demo_bank.home.rglob("whatif.duckdb*")) == []


@pytest.mark.parametrize(
    ("arguments", "exit_code", "message"),
    [
        (["--rules", "nowhere"], 1, "--rules nowhere: no such directory"),
        (["--rules", PROPOSAL, "--month", "October"], 2, "--month October: give a year and a month"),
        (["--rules", PROPOSAL, "--month", "2031-01"], 1, "the build has the months 2025-08 to 2026-10"),
        ([], 2, "--rules"),
    ],
)
def test_wrong_usage_is_one_line(demo_bank: Warehouse, arguments: list, exit_code: int, message: str) -> None:
    result = demo_bank.command("whatif", *arguments)
    assert result.returncode == exit_code
    assert message in result.stderr


def test_a_comparison_needs_a_build_of_the_present_rules(demo_bank: Warehouse, new_warehouse) -> None:
    other = new_warehouse()
    result = other.command("whatif", "--rules", PROPOSAL)
    assert result.returncode == 1
    assert "holds no build that passed its tests" in result.stderr
    receipt = json.loads((demo_bank.home / "build.json").read_text(encoding="utf-8"))
    (other.home / "build.json").write_text(json.dumps(receipt | {"rules_digest": "another"}), encoding="utf-8")
    shutil.copy(demo_bank.home / "bankmart.duckdb", other.home)
    result = other.command("whatif", "--rules", PROPOSAL)
    assert result.returncode == 1
    assert "changed since the build" in result.stderr


def test_no_comparison_while_another_program_writes(demo_bank: Warehouse, new_warehouse) -> None:
    other = new_warehouse()
    for name in ("bankmart.duckdb", "build.json"):
        shutil.copy(demo_bank.home / name, other.home)
    with duckdb.connect(str(other.home / "bankmart.duckdb")):
        result = other.command("whatif", "--rules", PROPOSAL)
    assert result.returncode == 3
    assert "is open in another program" in result.stderr


def test_no_comparison_while_another_run_has_the_lock(demo_bank: Warehouse) -> None:
    with (demo_bank.home / "lock").open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        result = demo_bank.command("whatif", "--rules", PROPOSAL)
    assert result.returncode == 3
    assert "is in use by" in result.stderr
