# A fresh machine needs python3 (3.11 or later) and make; everything else is set up here, in .venv.
PYTHON ?= python3
BIN := .venv/bin
UV := UV_PROJECT_ENVIRONMENT=.venv $(BIN)/uv

.PHONY: demo test lint unit evidence setup clean

demo: setup ## the whole main job on the demo bank
	$(BIN)/bankmart run --inbox examples/demo_bank
	@echo
	@echo "Look next at:"
	@echo "  $(BIN)/bankmart status"
	@echo "  $(BIN)/bankmart explain 000126            (or --lang zh: why a customer stands where it stands)"
	@echo "  $(BIN)/bankmart dashboard                 (the board of a head of corporate banking, in a browser)"
	@echo "  $(BIN)/bankmart sql 'from fct_customer_months'    (or any other client that opens DuckDB files, read-only)"

test: lint unit ## everything that guards the project

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/sqlfluff lint --disable-progress-bar --processes 2 models tests/singular analyses

# builds the demo bank with all dbt tests, the conformance cases and the real banks on the way
unit: setup
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

evidence: setup ## docs/evidence.md: from clause to rule rows, models and tests
	$(BIN)/dbt parse --quiet --target-path target
	$(BIN)/python tests/python/evidence.py target/manifest.json

setup: .venv/.ready

.venv/.ready: pyproject.toml uv.lock
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check uv==0.13.9
	$(UV) sync --locked --inexact --compile-bytecode --quiet
	touch $@

clean:
	rm -rf .venv target logs warehouse
