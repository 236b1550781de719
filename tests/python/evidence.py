"""Writes docs/evidence.md: from the clause that approved a rule to the rows it stands in, the models they decide in and
the tests of both. Nothing of it is kept by hand: clauses and rows come from seeds/rules, all else from the manifest.
`make evidence` runs it.
"""

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PAGE = PROJECT / "docs" / "evidence.md"
ANSWERS = ("marts", "quality")
INTERPRETATION = "interpretation"

HEAD = """\
# Evidence

From the clause of the source to the test that holds it. `make evidence` writes this page from the rule seeds and dbt's
manifest; a test fails when it is out of date, and when a clause has rows that nothing reads
or nothing tests, but for a parameter that was delivered with the rules and decides nothing.
`interpretation` marks defaults where the source is silent: a bank confirms or replaces them.
"""


@dataclass(frozen=True)
class Rule:
    """Rows of one seed that one clause approved and that the same models read.

    `tests` hold the rows themselves, `answers` are the marts that they decide in.
    """

    clause: str
    seed: str
    keys: tuple[str, ...]
    row_count: int
    readers: tuple[str, ...]
    answers: tuple[str, ...]
    tests: tuple[str, ...]


class Lineage:
    """What depends on what, from a manifest."""

    def __init__(self, manifest: dict) -> None:
        self.nodes = manifest["nodes"] | manifest["unit_tests"]
        self.macros = manifest["macros"]
        self.children: dict[str, list[str]] = defaultdict(list)
        for unique_id, node in self.nodes.items():
            for parent in node["depends_on"].get("nodes", []):
                self.children[parent].append(unique_id)

    def children_of(self, unique_id: str, *kinds: str) -> list[str]:
        """The nodes of some kinds that depend on a node directly."""
        return [child for child in self.children[unique_id] if self.nodes[child]["resource_type"] in kinds]

    def descendants(self, unique_ids: Iterable[str]) -> set[str]:
        """Models, and all models that are built from them."""
        found: set[str] = set()
        waiting = list(unique_ids)
        while waiting:
            unique_id = waiting.pop()
            if unique_id not in found:
                found.add(unique_id)
                waiting += self.children_of(unique_id, "model")
        return found

    def names(self, unique_ids: Iterable[str]) -> tuple[str, ...]:
        """Names in order."""
        return tuple(sorted({self.nodes[unique_id]["name"] for unique_id in unique_ids}))

    def tests_of(self, unique_id: str) -> tuple[str, ...]:
        """The tests that look at a model or seed, unit tests among them."""
        return self.names(self.children_of(unique_id, "test", "unit_test"))

    def names_code(self, unique_id: str, code: str) -> bool:
        """Whether the SQL of a model, or of a macro that it calls, names a code."""
        waiting, seen = [self.nodes[unique_id]], set()
        while waiting:
            part = waiting.pop()
            if f"'{code}'" in (part.get("raw_code") or part.get("macro_sql") or ""):
                return True
            called = [m for m in part["depends_on"]["macros"] if m.startswith("macro.bankmart.") and m not in seen]
            seen.update(called)
            waiting += [self.macros[macro] for macro in called]
        return False

    def readers_of(self, seed_id: str, code: str | None) -> list[str]:
        """The models that read a seed; of a parameter those alone that name it."""
        readers = self.children_of(seed_id, "model")
        if code is None:
            return readers
        return [model for model in self.descendants(readers) if self.names_code(model, code)]


def rules(manifest: dict) -> list[Rule]:
    """Every rule of the seeds, by clause; interpretations last."""
    lineage = Lineage(manifest)
    found = []
    for path in sorted((PROJECT / "seeds" / "rules").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as handle:
            rows = list(csv.DictReader(handle))
        seed_id = f"seed.bankmart.{path.stem}"
        key_column = next(iter(rows[0]))
        by_parameter = key_column == "parameter_code"
        groups: dict[tuple[str, str | None], list[str]] = defaultdict(list)
        for row in rows:
            groups[row["approval_reference"], row[key_column] if by_parameter else None].append(row[key_column])
        for (clause, code), keys in groups.items():
            readers = lineage.readers_of(seed_id, code)
            found.append(
                Rule(
                    clause=clause,
                    seed=path.stem,
                    keys=tuple(dict.fromkeys(keys)),
                    row_count=len(keys),
                    readers=lineage.names(readers),
                    answers=lineage.names(
                        model for model in lineage.descendants(readers) if lineage.nodes[model]["schema"] in ANSWERS
                    ),
                    tests=lineage.tests_of(seed_id),
                )
            )
    return sorted(found, key=lambda rule: (rule.clause == INTERPRETATION, rule.clause, rule.seed, rule.keys))


def model_tests(manifest: dict, found: list[Rule]) -> dict[str, tuple[str, ...]]:
    """The tests of every model that a rule reaches."""
    lineage = Lineage(manifest)
    names = {name for rule in found for name in (*rule.readers, *rule.answers)}
    return {name: lineage.tests_of(f"model.bankmart.{name}") for name in sorted(names)}


def page(manifest: dict) -> str:
    """The whole page."""
    found = rules(manifest)
    tests = model_tests(manifest, found)
    lines = [HEAD, "## Clauses", "", "| clause | rule rows | read by | decides in |", "|---|---|---|---|"]
    previous = None
    for rule in found:
        clause = "" if rule.clause == previous else rule.clause
        previous = rule.clause
        what = f"`{rule.seed}` ({rule.row_count}): {', '.join(rule.keys)}"
        reads = listed(rule.readers) or "nothing"
        lines.append(f"| {clause} | {what} | {reads} | {listed(rule.answers) or 'nothing'} |")
    lines += ["", "## Tests of the rules", "", "| seed | tests |", "|---|---|"]
    for seed in sorted({rule.seed for rule in found}):
        named = next(rule.tests for rule in found if rule.seed == seed)
        lines.append(f"| `{seed}` | {short(seed, named)} |")
    lines += ["", "## Tests of the models", "", "| model | tests |", "|---|---|"]
    lines += [f"| `{model}` | {short(model, named)} |" for model, named in tests.items()]
    return "\n".join(lines) + "\n"


def listed(names: tuple[str, ...]) -> str:
    """Names as code."""
    return ", ".join(f"`{name}`" for name in names)


def short(owner: str, tests: tuple[str, ...]) -> str:
    """What tests claim; a test that bears its owner's name is shown without it."""
    return "; ".join(name.removeprefix(f"{owner}__").replace("_", " ") for name in tests)


if __name__ == "__main__":
    PAGE.write_text(page(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))), encoding="utf-8")
