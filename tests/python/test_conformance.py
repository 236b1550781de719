"""The marts equal those of an independent implementation, for every case and for its replay at an earlier day."""

import subprocess
import sys
from pathlib import Path

import pytest

from conftest import SHARED, Warehouse

CASES = SHARED / "conformance"
pytestmark = pytest.mark.skipif(not CASES.exists(), reason="the conformance cases are not beside the project")


@pytest.fixture(scope="module", params=sorted(CASES.glob("case-*")), ids=lambda path: path.name)
def case(request: pytest.FixtureRequest, new_warehouse) -> tuple[Path, Warehouse]:
    """A case and its warehouse as of the newest batch."""
    return request.param, new_warehouse().run(request.param / "landing")


@pytest.mark.parametrize("expected", ["expected", "expected_as_of_2026-09-30"])
def test_marts_equal_the_expected_rows(case: tuple[Path, Warehouse], expected: str) -> None:
    """The second parameter replays the earlier day over the same archive, then returns to the newest."""
    folder, warehouse = case
    if "_as_of_" in expected:
        warehouse.run(folder / "landing", "--as-of", expected.rpartition("_")[2])
    database = warehouse.home / "bankmart.duckdb"
    result = subprocess.run(
        [sys.executable, CASES / "compare.py", database, folder / expected], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout
