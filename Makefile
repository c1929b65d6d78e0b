# Everything Rung needs lives in .venv; nothing is installed outside this folder.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 3000

.DEFAULT_GOAL := help
.PHONY: help setup demo test check format bench eval screenshots migration lock clean

help: ## List these commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup: $(VENV)/.runtime ## Install what Rung runs on; leaves .venv/bin/rung

demo: $(VENV)/.runtime ## Try Rung in the browser, without Slack (PORT=3000)
	@$(BIN)/rung demo --port $(PORT)

test: $(VENV)/.development ## Run every test, PostgreSQL included
	@$(BIN)/pytest -n 2

check: $(VENV)/.development ## Lint, types, import rules, ladders and prompts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/rung ladder check --strict
	$(BIN)/rung prompt check

format: $(VENV)/.development ## Put the code in shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.development ## Measure as ratios to the bare stack (docs/benchmarks.md)
	@$(BIN)/python -m tests.bench

eval: $(VENV)/.development ## Measure the suggestions: make eval DATA=folder of labelled entries
	@$(BIN)/python -m tests.eval $(DATA)

screenshots: $(VENV)/.development ## Take the pictures in docs/ again
	@$(BIN)/python -m tests.screenshots

migration: $(VENV)/.development ## Write a migration from the tables: make migration TITLE="what changes"
	@test -n "$(TITLE)" || { echo 'Say what changes: make migration TITLE="..."'; exit 2; }
	@$(BIN)/rung db migration "$(TITLE)"

lock: $(VENV)/.development ## Choose exact versions anew, for every platform
	$(BIN)/uv pip compile pyproject.toml $(LOCK) -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group dev $(LOCK) -c requirements.lock -o requirements-dev.lock

clean: ## Remove the environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Rung needs Python 3.11 or newer; name one with make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo "This Python has no venv; on Debian and Ubuntu: apt install python3-venv"; exit 1; }

INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check

$(VENV)/.runtime: $(BIN)/python requirements.lock pyproject.toml
	@echo "Installing what Rung runs on into $(VENV) ..."
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL) --no-deps --editable .
	@touch $@

$(VENV)/.development: $(VENV)/.runtime requirements-dev.lock
	@echo "Installing what the tests need into $(VENV) ..."
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@
