"""The documentation is whole: dbt's docs, the evidence from clause to test, and what checkers of projects ask for."""

import json
import re
from pathlib import Path

import pytest
import yaml

import evidence
from conftest import PROJECT, Warehouse, tool

LANDING_COLUMNS = ("batch_date", "file_name", "row_number")
# what customers hold, and the row that gathers all else, follow no clause of their own
FACTS = {"fct_customer_months", "rpt_customer_360"}
# rows that decide nothing, and why they are kept stands in DECISIONS.md
DECIDES_NOTHING = {"no_credit_scale_deposit"}


@pytest.fixture(scope="module")
def artifacts(demo_bank: Warehouse) -> Path:
    """What `dbt docs generate` makes of the project and the demo bank."""
    result = demo_bank.dbt("docs", "generate")
    assert result.returncode == 0, result.stdout
    return demo_bank.home / "target"


@pytest.fixture(scope="module")
def manifest(artifacts: Path) -> dict:
    return json.loads((artifacts / "manifest.json").read_text(encoding="utf-8"))


def test_the_evidence_is_up_to_date(manifest: dict) -> None:
    assert evidence.PAGE.read_text(encoding="utf-8") == evidence.page(manifest), "write it again: make evidence"


def test_every_clause_decides_something_and_is_tested(manifest: dict) -> None:
    """The bugs it looks for: a rule that nobody reads any more, and a rule whose effect nothing holds."""
    found = evidence.rules(manifest)
    assert len(found) > 40
    unread = {key for rule in found if not rule.answers for key in rule.keys}
    assert unread == DECIDES_NOTHING
    lineage = evidence.Lineage(manifest)
    for rule in found:
        assert rule.tests, f"{rule.clause}: no test looks at {rule.seed}"
        readers = [f"model.bankmart.{name}" for name in rule.readers]
        nearest = [*readers, *(child for reader in readers for child in lineage.children_of(reader, "model"))]
        claims = [test for model in nearest for test in lineage.tests_of(model) if not test.endswith("__grain")]
        assert claims or not readers, f"{rule.clause}: no test looks at what {rule.seed} {rule.keys} decides"


def test_a_view_whose_grain_a_table_answers_for_leads_to_that_table(manifest: dict) -> None:
    lineage = evidence.Lineage(manifest)
    stored_in = {
        name: node["config"]["meta"]["stored_in"]
        for name, node in manifest["nodes"].items()
        if "stored_in" in node["config"].get("meta", {})
    }
    assert stored_in
    for view, table in stored_in.items():
        assert manifest["nodes"][view]["config"]["materialized"] == "view"
        assert f"model.bankmart.{table}" in lineage.descendants([view]), view


def test_a_night_looks_at_all_that_its_months_are_made_of(manifest: dict) -> None:
    start, fingerprints = "model.bankmart.int_rebuild_start", "model.bankmart.int_input_fingerprints"

    def ancestors(node: str) -> set[str]:
        parents = manifest["parent_map"][node] if node != start else []
        return {node}.union(*(ancestors(parent) for parent in parents if parent.startswith("model.")))

    monthly = [name for name, node in manifest["nodes"].items() if node["config"].get("materialized") == "monthly"]
    assert [name for name in monthly if start not in ancestors(name)] == []
    read = {name for name in set().union(*map(ancestors, monthly)) if name.startswith("model.bankmart.stg_")}
    assert read - set(manifest["parent_map"][fingerprints]) == set()


def test_the_publication_is_declared_with_all_that_it_holds() -> None:
    content = yaml.safe_load((PROJECT / "models" / "exposures.yml").read_text(encoding="utf-8"))
    declared = next(entry["depends_on"] for entry in content["exposures"] if entry["name"] == "published_file")
    published = [path.stem for area in ("marts", "quality") for path in (PROJECT / "models" / area).rglob("*.sql")]
    assert declared == [f"ref('{name}')" for name in sorted(published)]


def test_the_map_names_every_published_model() -> None:
    overview = (PROJECT / "models" / "overview.md").read_text(encoding="utf-8")
    published = [path.stem for area in ("marts", "quality") for path in (PROJECT / "models" / area).rglob("*.sql")]
    assert [name for name in sorted(published) if f"`{name}`" not in overview] == []


def test_every_model_that_a_rule_reaches_names_its_source(manifest: dict) -> None:
    ruled = {name for rule in evidence.rules(manifest) for name in rule.answers}
    descriptions = {
        node["name"]: node["description"]
        for node in manifest["nodes"].values()
        if node["schema"] == "marts" and node["name"] in ruled - FACTS
    }
    assert len(descriptions) > 10
    assert [name for name, text in descriptions.items() if not re.search(r"Source: 3\.\d \[[A-I, ]+\]", text)] == []


def test_every_column_is_documented(demo_bank: Warehouse, artifacts: Path, tmp_path: Path) -> None:
    """Those that landing adds to every extract are described once, with the source."""
    report = tmp_path / "coverage.json"
    places = ("--project-dir", PROJECT, "--run-artifacts-dir", artifacts, "--cov-report", report)
    result = tool("dbt-coverage", "compute", "doc", *places, home=demo_bank.home)
    assert result.returncode == 0, result.stderr
    tables = json.loads(report.read_text(encoding="utf-8"))["tables"]
    undocumented = {
        f"{table['name']}.{column['name']}"
        for table in tables
        for column in table["columns"]
        if not column["covered"]
        and not (
            table["name"].startswith("landing.")
            and (column["name"] in LANDING_COLUMNS or column["name"].endswith("__typed"))
        )
    }
    assert tables and undocumented == set()


def test_the_strict_checks_of_dbt_bouncer_pass(demo_bank: Warehouse, artifacts: Path, tmp_path: Path) -> None:
    checks = (PROJECT / "dbt-bouncer.yml").read_text(encoding="utf-8")
    (tmp_path / "dbt-bouncer.yml").write_text(f"{checks}\ndbt_artifacts_dir: {artifacts}\n", encoding="utf-8")
    result = tool("dbt-bouncer", "run", "--config-file", tmp_path / "dbt-bouncer.yml", home=demo_bank.home)
    assert result.returncode == 0, result.stdout
    assert "WARN=0 ERROR=0" in result.stdout


def test_no_strict_check_of_dbt_bouncer_is_left_out() -> None:
    """The bug it looks for: a newer version with checks that the project never heard of."""
    import dbt_bouncer

    preset = Path(dbt_bouncer.__file__).parent / "presets" / "strict.yml"
    strict, ours = (
        [check["name"] for check in yaml.safe_load(path.read_text(encoding="utf-8"))["manifest_checks"]]
        for path in (preset, PROJECT / "dbt-bouncer.yml")
    )
    assert ours == strict


def test_dbt_score_is_at_least_nine_and_a_half(demo_bank: Warehouse, artifacts: Path) -> None:
    manifest_path = artifacts / "manifest.json"
    result = tool("dbt-score", "lint", "--manifest", manifest_path, "--fail-project-under", 9.5, home=demo_bank.home)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_first_output_shown_is_what_the_command_says(demo_bank: Warehouse, name: str) -> None:
    """The bug it looks for: figures of an earlier demo bank."""
    block = (PROJECT / name).read_text(encoding="utf-8").partition("$ .venv/bin/bankmart run\n")[2].partition("\n…")[0]
    shown = [line for line in block.splitlines() if line.startswith("rows ")]
    said = [line.rstrip() for line in demo_bank.command("status").stdout.splitlines()]
    assert len(shown) == 3
    assert [line for line in shown if line not in said] == []
