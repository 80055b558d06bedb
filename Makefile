# `make talk` and `make test` do all the set-up; nothing else is needed but Python 3.11 or newer.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: talk page test coverage benchmark fuzz sbom check model clean

talk: $(VENV)/.talk
	@$(BIN)/gentle-back talk

page: $(VENV)/.talk
	@$(BIN)/gentle-back serve --simulator

test: $(VENV)/.test $(VENV)/.node
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto --dist worksteal

coverage: $(VENV)/.test $(VENV)/.node
	$(BIN)/python -m pytest -n auto --dist worksteal --cov --cov-report=
	$(BIN)/python -m coverage report

# Some minutes, on a machine that does nothing else. Writes benchmarks/RESULTS.md.
benchmark: $(VENV)/.benchmark
	$(BIN)/python -m benchmarks

# A million cases in some ten minutes. A thousandth of them: make fuzz CASES=1
CASES := 1000
fuzz: $(VENV)/.fuzz
	@for part in ssml:250 sound:50 content:200 command_line:200 request:150 wordings:100 screening:40 resolver:20; do \
		$(BIN)/python tests/fuzz/fuzz.py $${part%%:*} --cases $$(($${part##*:} * $(CASES))) 2>$(VENV)/fuzz.log || \
			{ tail -n 60 $(VENV)/fuzz.log; exit 1; }; \
	done

# A software bill of materials of what `pip install .` brings, from an environment that has nothing else.
sbom: $(VENV)/.sbom
	@mkdir -p build; own=$$(mktemp -d) && $(PYTHON) -m venv $$own && \
		$$own/bin/python -m pip --disable-pip-version-check --quiet install . && \
		$(BIN)/cyclonedx-py environment --output-reproducible -o build/sbom.json $$own/bin/python && \
		rm -rf $$own && echo "Written: build/sbom.json"

check: $(VENV)/.talk
	@$(BIN)/gentle-back check

model: $(VENV)/.talk
	@$(BIN)/gentle-back model

clean:
	rm -rf .coverage* $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Gentle Back needs Python 3.11 or newer. Name one: make talk PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.talk: $(VENV)/.python pyproject.toml
	@echo "Setting up, once: this takes about a minute."
	$(PIP) install --editable .
	@$(BIN)/gentle-back doctor >/dev/null || true
	@touch $@

# A client that is not ours talks to the skill in one test; without npm that test is skipped.
# Node.js brings its own list of trusted roots; the machine's is the one that its owner keeps.
$(VENV)/.node: $(VENV)/.python tests/skill/hosting/virtual_alexa/package.json
	@if command -v npm >/dev/null; then \
		mkdir -p $(VENV)/node && cp tests/skill/hosting/virtual_alexa/package.json $(VENV)/node/ && \
		NODE_OPTIONS=--use-openssl-ca npm install --prefix $(VENV)/node --no-package-lock --ignore-scripts \
			--no-audit --no-fund --loglevel=error || echo "virtual-alexa cannot be installed: its test is skipped."; \
	fi
	@touch $@

$(VENV)/.test: $(VENV)/.python pyproject.toml
	@echo "Setting up, once: this takes about a minute."
	$(PIP) install --editable .
	$(PIP) install --no-compile --editable '.[dev]' # Python compiles what of it is used: that is quicker
	@touch $@ $(VENV)/.talk

$(VENV)/.benchmark: $(VENV)/.test
	$(PIP) install --editable '.[benchmark]'
	@touch $@

$(VENV)/.sbom: $(VENV)/.python
	$(PIP) install cyclonedx-bom
	@touch $@

$(VENV)/.fuzz: $(VENV)/.test
	$(PIP) install --editable '.[fuzz]' || echo "atheris cannot be installed here: fed by chance alone."
	@touch $@
