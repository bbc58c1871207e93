# Everything a newcomer needs: 'make demo' and 'make test'.
PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
STAMP := $(VENV)/.installed

.PHONY: demo test languagetool test-languagetool fuzz lint pages bench clean

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

LANGUAGETOOL := .languagetool/LanguageTool-6.8
COPY := org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies

# Both modes start from here: LTP_PATH=.languagetool for 'managed', the jar by hand for 'server'.
languagetool: $(LANGUAGETOOL)/languagetool-server.jar ## Fetch LanguageTool (needs Maven; 100 MB)

$(LANGUAGETOOL)/languagetool-server.jar: languagetool/pom.xml languagetool/lay_out.py
	rm -rf $(LANGUAGETOOL)
	mvn -B -q -f languagetool/pom.xml $(COPY) -DincludeScope=runtime \
		-DoutputDirectory=$(CURDIR)/$(LANGUAGETOOL)/libs
	$(PYTHON) languagetool/lay_out.py $(LANGUAGETOOL)

test-languagetool: $(STAMP) languagetool ## The tests that need a real LanguageTool and Java
	$(BIN)/python -m pip install --quiet --editable ".[grammar]"
	LTP_PATH=$(CURDIR)/.languagetool JDLINT_REQUIRE_LANGUAGETOOL=1 \
		$(BIN)/python -m pytest -m languagetool

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
	rm -rf $(VENV) .languagetool dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
