"""Rules are data: seed rows alone make a new scheme, and a row that is missing stops the build by name."""

import csv
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from conftest import DEMO, PROJECT, Warehouse


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what the command builds from: package, models, macros, seeds, tests and settings."""
    copy = tmp_path / "project"
    for folder in ("src", "models", "macros", "seeds", "tests"):
        shutil.copytree(PROJECT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", "python"))
    for name in ("dbt_project.yml", "profiles.yml", ".dbtignore"):
        shutil.copy(PROJECT / name, copy / name)
    return copy


def run(project: Path, warehouse: Warehouse):
    """`bankmart run` of a copied project on the demo bank."""
    return warehouse.command("run", "--inbox", DEMO, PYTHONPATH=str(project / "src"))


def add_rows(project: Path, seed: str, *rows: str) -> None:
    """Append rows to a seed file."""
    path = project / "seeds" / seed
    path.write_text(path.read_text(encoding="utf-8") + "".join(f"{row}\n" for row in rows), encoding="utf-8")


def remove_rows(project: Path, seed: str, start: str) -> None:
    """Remove the one row of a seed file that starts so."""
    path = project / "seeds" / seed
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [row for row in rows if not row.startswith(start)]
    assert len(kept) == len(rows) - 1, f"{seed}: {start}"
    path.write_text("".join(kept), encoding="utf-8")


def remove_notes(path: Path) -> None:
    """Remove the column `note` of a seed file."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [name for name in rows[0] if name != "note"], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def expected_tier(balance: Decimal) -> tuple:
    """Tier, rank and bounds of an individual."""
    if balance >= 6_000_000:
        return "private_banking", 1, 6_000_000, None
    if balance >= 500_000:
        return "affluent", 2, 500_000, 6_000_000
    return "mass_retail", 3, None, 500_000


def test_a_new_scheme_needs_seed_rows_and_no_sql(project: Path, new_warehouse) -> None:
    """Individuals by their average deposits of the month, from March 2026 on."""
    names = "Private banking scale,私人银行客户规模"
    add_rows(project, "reference/ref_tier_schemes.csv", "private_banking_scale,first_match,metrics")
    add_rows(project, "rules/rule_populations.csv", "individual_customer,retail,individual,*,interpretation")
    ladder = "private_banking_scale,individual_customer,*,*,2026-03-01,deposit_average_balance"
    add_rows(
        project,
        "rules/rule_tier_ladders.csv",
        f"{ladder},private_banking,1,6000000.00,interpretation",
        f"{ladder},affluent,2,500000.00,interpretation",
        f"{ladder},mass_retail,3,,interpretation",
    )
    add_rows(
        project,
        "reference/ref_codes.csv",
        f"tier_scheme,private_banking_scale,{names}",
        "population,individual_customer,Individual customers,个人客户",
        "tier,private_banking,Private banking,私人银行",
        "tier,affluent,Affluent,财富",
        "tier,mass_retail,Mass retail,大众",
    )
    # notes may be left out, and a region may have a ladder with tiers of its own
    for seed in ("score_weights", "score_bands", "matrix_bands", "matrices", "parameters"):
        remove_notes(project / "seeds" / "rules" / f"rule_{seed}.csv")
    other = "enterprise_size,other_company,*,east,2026-05-01,registered_capital"
    add_rows(
        project,
        "rules/rule_tier_ladders.csv",
        f"{other},large,1,20000000.00,interpretation",
        f"{other},micro,2,,interpretation",
    )
    add_rows(project, "rules/rule_parameters.csv", "capital_ration,*,2026-01-01,0.1,interpretation")
    add_rows(project, "rules/rule_parameters.csv", "lead_share,east,2026-01-01,0.3,interpretation")
    warehouse = new_warehouse()
    result = run(project, warehouse)
    assert result.returncode == 0, result.stderr
    assert "RuntimeWarning" not in result.stderr
    for warning in (
        "capital_ration decides nothing; is it misspelt?",
        "lead_share of region east decides nothing",
        "population other_company, industry *, region east, in force on 2026-05-01 ",
    ):
        assert warning in result.stderr
    # as every night
    night = run(project, warehouse)
    assert "no month anew" in night.stdout
    assert sorted(night.stderr.splitlines()) == sorted(result.stderr.splitlines())
    regional = warehouse.published_rows(
        "select distinct tier_code, tier_rank, upper_bound from marts.fct_customer_tiers where status = 'rated' "
        "and scheme_code = 'enterprise_size' and rule_region_code = 'east' order by all"
    )
    assert regional == [("large", 1, None), ("micro", 2, 20_000_000)]
    built = warehouse.published_rows(
        "select customer_id, period_month, metric_value, status, tier_code, tier_rank, lower_bound, upper_bound, "
        "rule_effective_from::varchar from marts.fct_customer_tiers "
        "where scheme_code = 'private_banking_scale' order by 1, 2"
    )
    individuals = warehouse.published_rows(
        "select customer_id, period_month, deposit_average_balance from marts.fct_customer_months "
        "where party_type = 'individual' and period_month >= '2026-03-01' order by 1, 2"
    )
    assert built == [(*row, "rated", *expected_tier(row[2]), "2026-03-01") for row in individuals]
    assert {row[4] for row in built} == {"private_banking", "affluent", "mass_retail"}


def test_a_missing_rule_row_fails_the_build_by_name(project: Path, new_warehouse) -> None:
    """One row less in each of several seeds: every one is found by its own test, and nothing is published."""
    class_3 = "marketing_class,organization,*,*,2000-01-01,deposit_balance,class_3,"
    missing = {
        "assert_every_ladder_is_complete": ("rules/rule_tier_ladders.csv", class_3),
        "assert_every_kind_of_customer_has_a_segment_rule": ("rules/rule_party_groups.csv", "sole_trader,*,"),
        "assert_every_admin_level_has_a_rank": ("rules/rule_admin_level_ranks.csv", "village,"),
        "assert_every_parameter_has_its_value": ("rules/rule_parameters.csv", "statement_max_age_months,*,"),
        "assert_small_enterprise_limits_cover_every_industry": ("rules/rule_small_enterprise_limits.csv", "*,"),
        "assert_care_rules_are_complete": ("rules/rule_visit_requirements.csv", "outlet_head,class_2,"),
        "rule_tier_ladders__codes_are_named": ("reference/ref_codes.csv", "tier,below_scale,"),
    }
    for seed, start in missing.values():
        remove_rows(project, seed, start)
    warehouse = new_warehouse()
    result = run(project, warehouse)
    assert result.returncode == 1, result.stdout
    assert "bankmart: test " in result.stderr, result.stderr
    assert [test for test in missing if f"bankmart: test {test}: " not in result.stderr] == []
    assert "rule_parameters has no row for parameter statement_max_age_months (region *)" in result.stderr
    assert not (warehouse.home / "published" / "current").exists()


def test_a_test_that_cannot_run_is_named_alone(project: Path, new_warehouse) -> None:
    """The bug it looks for: it takes the tests with it that run in one statement with it."""
    path = project / "seeds" / "_seeds.yml"
    text = path.read_text(encoding="utf-8")
    condition = "combination in ('first_match', 'worst_metric')"
    assert text.count(condition) == 1
    path.write_text(text.replace(condition, "cast(combination as date) is not null"), encoding="utf-8")
    remove_rows(project, "reference/ref_codes.csv", "tier,below_scale,")
    result = run(project, new_warehouse())
    assert result.returncode == 1
    broken = [line.split()[2] for line in result.stderr.splitlines() if line.startswith("bankmart: test ")]
    assert sorted(broken) == [
        "ref_tier_schemes__every_way_is_one_that_the_ladders_understand:",
        "rule_tier_ladders__codes_are_named:",
    ]
    assert "Conversion Error" in result.stderr, result.stderr


def test_every_tier_change_of_a_planted_customer_is_explained(demo_bank: Warehouse) -> None:
    """Each line of the fixture says why: no other change, and none of these is missing."""
    fixture = PROJECT / "tests" / "fixtures" / "tier_changes_of_the_demo_bank.csv"
    with fixture.open(encoding="utf-8", newline="") as handle:
        explained = list(csv.DictReader(handle))
    assert all(change["because"] for change in explained)
    found = demo_bank.published_rows(
        "select strftime(period_month, '%Y-%m'), customer_id, scheme_code, change_type, "
        "coalesce(previous_tier_code, previous_unrated_reason, ''), coalesce(tier_code, unrated_reason, '') "
        "from marts.fct_customer_tier_changes "
        # background customers follow no story; management levels follow the other schemes, which a dbt test checks;
        # the averages of 2025 begin anew in January
        "where customer_id < '001000' and scheme_code <> 'management_level' and period_month >= '2026-02-01'"
    )
    assert sorted(found) == sorted(tuple(change.values())[:-1] for change in explained)


# a seed, what is changed in it, and what is said of it
FAULTY = {
    "another type": (
        "rule_parameters.csv",
        ("0.105", "a tenth"),
        "row 4: value is 'a tenth'; give a value of type decimal",
    ),
    "a date of another kind": (
        "rule_risk_weights.csv",
        ("2024-01-01", "01.01.2024"),
        "effective_from is '01.01.2024'; give a value of type date",
    ),
    "more decimals than the type": (
        "rule_risk_weights.csv",
        ("0.85", "0.333333"),
        "'0.333333'; give a value of type decimal",
    ),
    "a column of another name": (
        "rule_reward_pools.csv",
        ("pool_amount", "pool"),
        "missing: pool_amount; unknown or twice: pool",
    ),
    "a value too few": ("rule_reward_pools.csv", (",interpretation", ""), "give every row 3 values"),
    "one key twice": (
        "rule_parameters.csv",
        ("cost_of_capital", "capital_ratio"),
        "rows 4 and 5: both are for parameter_code capital_ratio",
    ),
    "another encoding": ("rule_parameters.csv", "gb18030", "is not UTF-8; save it as CSV UTF-8"),
}


@pytest.mark.parametrize("fault", FAULTY)
def test_a_faulty_seed_is_said_with_its_file_and_row(project: Path, new_warehouse, fault: str) -> None:
    """The bug it looks for: the engine's or dbt's words, which name neither."""
    name, change, words = FAULTY[fault]
    path = project / "seeds" / "rules" / name
    text = path.read_text(encoding="utf-8")
    if change == "gb18030":
        path.write_bytes(text.encode("gb18030"))
    else:
        before, after = change
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")
    result = run(project, new_warehouse())
    assert result.returncode == 1
    problems = [line for line in result.stderr.splitlines() if line.startswith("bankmart: ")]
    assert len(problems) == 1
    assert problems[0].startswith(f"bankmart: {path}") and words in problems[0]
