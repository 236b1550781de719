"""What dbt does not check of a project: misspelt keys, names, grains, descriptions, and that the unit tests pass."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from conftest import PROJECT, Warehouse

YAML_FILES = sorted(
    [*(PROJECT / "models").rglob("*.yml"), *(PROJECT / "seeds").rglob("*.yml"), *(PROJECT / "tests").rglob("*.yml")]
)
MODEL_FILES = sorted((PROJECT / "models").rglob("*.sql"))
FOLDER_PREFIXES = {
    "staging": ("base_", "stg_"),
    "intermediate": ("int_",),
    "marts": ("dim_", "fct_", "bridge_", "rpt_"),
    "quality": ("",),
}

ENGINES = {"duckdb": "DuckDB", "postgres": "PostgreSQL", "default": "engines without a form of their own"}

# dbt passes over a key that it does not know on this engine, and with it whatever the key was to do
ALLOWED_KEYS = {
    "file": {
        "version",
        "models",
        "sources",
        "seeds",
        "unit_tests",
        "macros",
        "data_tests",
        "semantic_models",
        "metrics",
        "exposures",
    },
    "models": {"name", "description", "config", "columns", "data_tests", "time_spine"},
    "seeds": {"name", "description", "config", "columns", "data_tests"},
    "sources": {"name", "description", "schema", "loader", "config", "tables"},
    "tables": {"name", "description", "config", "columns"},
    "columns": {"name", "description", "data_type", "granularity", "config"},
    "time_spine": {"standard_granularity_column"},
    "semantic_models": {
        "name",
        "description",
        "model",
        "defaults",
        "primary_entity",
        "entities",
        "dimensions",
        "measures",
    },
    "defaults": {"agg_time_dimension"},
    "entities": {"name", "type", "expr", "description"},
    "dimensions": {"name", "type", "expr", "description", "type_params"},
    "measures": {"name", "description", "agg", "expr", "non_additive_dimension"},
    "non_additive_dimension": {"name", "window_choice"},
    "metrics": {"name", "label", "description", "type", "type_params", "filter"},
    "type_params": {"time_granularity", "measure", "numerator", "denominator", "expr", "metrics"},
    "owner": {"name", "email"},
    "unit_tests": {"name", "description", "model", "overrides", "given", "expect", "config"},
    "macros": {"name", "description", "arguments"},
    "arguments": {"name", "type", "description"},
    "test": {"name", "arguments", "config"},
    "data_tests": {"name", "description", "config"},
    "exposures": {"name", "label", "type", "maturity", "description", "url", "owner", "depends_on"},
    "config": {"meta", "column_types", "severity", "freshness", "loaded_at_field"},
    "meta": {"grain", "stored_in", "types", "system", "starred", "history", "money"},
    "column meta": {
        "type",
        "key",
        "required",
        "codes",
        "code_set",
        "aliases",
        "references",
        "reference_also",
        "lookup",
        "min",
        "max",
        "min_is_exclusive",
        "not_after_batch",
        "default",
    },
}


def misspelt(entry: dict, kind: str, where: str) -> list[str]:
    """Keys of an entry, and of what it contains, that nothing reads."""
    found = [f"{where}: {key}" for key in entry if key not in ALLOWED_KEYS[kind]]
    config = entry.get("config") or {}
    found += [f"{where}: config.{key}" for key in config if key not in ALLOWED_KEYS["config"]]
    meta_kind = "column meta" if kind == "columns" else "meta"
    found += [f"{where}: config.meta.{key}" for key in config.get("meta", {}) if key not in ALLOWED_KEYS[meta_kind]]
    for key in ("tables", "columns", "arguments", "entities", "dimensions", "measures"):
        for child in entry.get(key) or []:
            found += misspelt(child, key, f"{where}.{child.get('name')}")
    for key in ("time_spine", "defaults", "non_additive_dimension", "type_params", "owner"):
        if key in entry:
            found += misspelt(entry[key], key, f"{where}.{key}")
    for test in entry.get("data_tests") or [] if kind in ("models", "seeds") else []:
        for name, body in test.items():
            found += [f"{where}: {name}.{key}" for key in body if key not in ALLOWED_KEYS["test"]]
    return found


@pytest.mark.parametrize("path", YAML_FILES, ids=lambda path: path.stem)
def test_no_yaml_key_is_misspelt(path: Path) -> None:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    found = [f"{path.name}: {key}" for key in content if key not in ALLOWED_KEYS["file"]]
    for kind in ALLOWED_KEYS["file"] - {"version"}:
        for entry in content.get(kind) or []:
            found += misspelt(entry, kind, entry["name"])
    assert found == []


def test_every_metric_and_what_it_is_made_of_is_described() -> None:
    contents = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in YAML_FILES]
    semantic_models = [entry for content in contents for entry in content.get("semantic_models") or []]
    metrics = [entry for content in contents for entry in content.get("metrics") or []]
    kinds = ("entities", "dimensions", "measures")
    parts = [part for model in semantic_models for kind in kinds for part in model.get(kind) or []]
    assert semantic_models and metrics and parts
    assert [entry["name"] for entry in (*semantic_models, *parts, *metrics) if not entry.get("description")] == []
    assert [metric["name"] for metric in metrics if not metric.get("label")] == []


@pytest.fixture(scope="module")
def described_models() -> dict[str, dict]:
    """Every model entry of the YAML files by name."""
    entries = [
        entry for path in YAML_FILES for entry in yaml.safe_load(path.read_text(encoding="utf-8")).get("models") or []
    ]
    assert len({entry["name"] for entry in entries}) == len(entries)
    return {entry["name"]: entry for entry in entries}


@pytest.mark.parametrize("path", MODEL_FILES, ids=lambda path: path.stem)
def test_every_model_has_its_name_grain_and_descriptions(path: Path, described_models: dict[str, dict]) -> None:
    prefixes = FOLDER_PREFIXES[path.relative_to(PROJECT / "models").parts[0]]
    assert path.stem.startswith(prefixes)
    entry = described_models[path.stem]
    assert entry["description"].startswith("One row per ")
    assert all(column["description"] for column in entry["columns"])
    meta = entry["config"]["meta"]
    grain = meta["grain"]
    assert set(grain) <= {column["name"] for column in entry["columns"]}
    if not path.stem.startswith("base_"):
        tests = [test["grain"] for test in entry["data_tests"] if "grain" in test]
        assert [test["name"] for test in tests] == [f"{path.stem}__grain"]
        assert tests[0]["arguments"]["columns"] == grain
    # builds test its grain as that of the table, which must have one of its own
    if "stored_in" in meta:
        assert "stored_in" not in described_models[meta["stored_in"]]["config"]["meta"]


def test_every_built_column_is_described_and_every_described_column_is_built(
    demo_bank: Warehouse, described_models: dict[str, dict]
) -> None:
    built: dict[str, set[str]] = {}
    schemas = "('staging', 'intermediate', 'marts', 'quality')"
    for table, column in demo_bank.rows(
        "select table_name, column_name from duckdb_columns() "
        f"where schema_name in {schemas} and database_name = current_database() "
        # the command's own note of the build, not a model
        "and table_name <> 'kept_fingerprints'"
    ):
        built.setdefault(table, set()).add(column)
    described = {name: {column["name"] for column in entry["columns"]} for name, entry in described_models.items()}
    assert built == described


def test_only_what_needs_128_bits_is_stored_in_them(demo_bank: Warehouse) -> None:
    # sums of whole numbers come out so wide, and a narrow value costs ten times as much to read from there
    wide = demo_bank.rows(
        "select table_name, column_name from duckdb_columns() "
        "inner join duckdb_tables() using (database_name, schema_name, table_name) "
        "where database_name = current_database() and schema_name in ('staging', 'intermediate', 'marts') "
        "and (data_type = 'HUGEINT' or data_type like 'DECIMAL(38,%')"
    )
    assert {column for _, column in wide} == {"cent_days", "ytd_cent_days", "r12_cent_days", "fingerprint"}


def test_every_macro_is_described_alike_in_its_file_and_in_the_docs() -> None:
    described = {
        entry["name"]: entry["description"]
        for entry in yaml.safe_load((PROJECT / "macros" / "_macros.yml").read_text(encoding="utf-8"))["macros"]
    }
    written = {}
    for folder, prefix in (("macros", ""), ("tests/generic", "test_")):
        for path in (PROJECT / folder).rglob("*.sql"):
            text = path.read_text(encoding="utf-8")
            comment = re.match(r"\{#-(.*?)-?#\}", text, re.DOTALL)
            written[prefix + path.stem] = " ".join(comment[1].split()) if comment else ""
            for engine in re.findall(rf"macro ([a-z]+)__{path.stem}\(", text):
                written[f"{engine}__{path.stem}"] = f"`{path.stem}` on {ENGINES[engine]}."
    assert described == written


def test_unit_tests_of_the_models_pass(demo_bank: Warehouse) -> None:
    result = demo_bank.dbt("test", "--select", "test_type:unit")
    assert result.returncode == 0, result.stdout
    assert "ERROR=0" in result.stdout and "PASS=0" not in result.stdout


def test_every_analysis_opens_with_its_question_and_runs(demo_bank: Warehouse) -> None:
    result = demo_bank.dbt("compile", "--select", "path:analyses")
    assert result.returncode == 0, result.stdout
    analyses = sorted((PROJECT / "analyses").glob("*.sql"))
    assert len(analyses) >= 15
    for path in analyses:
        text = path.read_text(encoding="utf-8")
        assert "?" in text.splitlines()[0], path.name
        query = (demo_bank.home / "target" / "compiled" / "bankmart" / "analyses" / path.name).read_text(
            encoding="utf-8"
        )
        # but for those that read what is behind the marts, they run on what readers see
        reads = demo_bank.rows if re.search('"(staging|intermediate|rules)"', query) else demo_bank.published_rows
        assert reads(query), path.name


def test_the_lock_file_names_only_the_public_registry() -> None:
    hosts = {part.split("/")[2] for part in (PROJECT / "uv.lock").read_text().split('"') if part.startswith("https://")}
    assert hosts == {"pypi.org", "files.pythonhosted.org"}


def test_the_demo_bank_is_what_its_maker_writes(tmp_path: Path) -> None:
    """The bug it looks for: an extract edited by hand, so that the story told about it no longer holds."""
    examples = PROJECT / "examples"
    for name in ("make_demo_bank.py", "demo_bank_stories.py", "README.md"):
        (tmp_path / name).write_bytes((examples / name).read_bytes())
    subprocess.run([sys.executable, tmp_path / "make_demo_bank.py"], check=True)

    def content(folder: Path) -> dict[str, bytes]:
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.csv")}

    assert content(tmp_path / "demo_bank") == content(examples / "demo_bank")
    assert (tmp_path / "README.md").read_bytes() == (examples / "README.md").read_bytes()


def outline(name: str) -> dict[str, list]:
    """What a page holds besides its prose: headings, commands, links, tables, figures."""
    text = (PROJECT / name).read_text(encoding="utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    links = [target.replace("_zh.png", "_en.png") for target in re.findall(r"\]\(([^)]+)\)", prose)]
    return {
        "headings": re.findall(r"^#+", prose, flags=re.MULTILINE),
        "commands": [re.sub(r"\s*#.*", "", line) for block in blocks for line in block.splitlines()],
        "links": sorted(set(links) - {"README.md", "README.zh.md"}),
        "tables": [line.count("|") for line in prose.splitlines() if line.startswith("|")],
        "code": sorted(set(re.findall(r"`[^`\n]+`", prose))),
        "figures": sorted(re.findall(r"(?<![\w.])\d[\d,.]*\d", prose, flags=re.ASCII)),
    }


def test_the_readme_holds_the_same_in_both_languages() -> None:
    """The bug it looks for: a command, figure or file that only one language tells of, or a link to nothing."""
    english, chinese = outline("README.md"), outline("README.zh.md")
    for part, found in english.items():
        assert found == chinese[part], part
    local = [link for link in english["links"] if not link.startswith("http")]
    assert [link for link in local if not (PROJECT / link).exists()] == []
    assert [link for link in local if not (PROJECT / link.replace("_en.png", "_zh.png")).exists()] == []
