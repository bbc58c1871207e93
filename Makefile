# Everything a newcomer needs: 'make demo' and 'make test'.
PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
STAMP := $(VENV)/.installed

.PHONY: demo test fuzz lint pages bench clean

$(STAMP): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "jdlint needs Python 3.11 or newer")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $(STAMP)

demo: $(STAMP) ## Lint the example postings; findings are the point, so they do not fail it
	$(BIN)/jdlint check examples --fail-on never

test: $(STAMP) ## Run the whole suite
	$(BIN)/python -m pytest -n auto

fuzz: $(STAMP) ## Draw fresh examples for the property tests; what it finds becomes a test
	HYPOTHESIS_PROFILE=fuzz $(BIN)/python -m pytest -n auto

lint: $(STAMP) ## Style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

pages: $(STAMP) ## Make the pages of the rules anew from their cards
	$(BIN)/jdlint rules --write rules

bench: $(STAMP) ## Print the ratios of the benchmarks, side by side in one run
	$(BIN)/python -m pip install --quiet --group bench
	$(BIN)/python benchmarks/bench.py

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
