# Two commands do all the set-up: `make draft` and `make test`. Nothing needs root; pip installs exact locked versions.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip

.PHONY: draft test lint check bench lock clean help

help:
	@echo "make draft   build the example city into output/kota-medan/"
	@echo "make test    ruff, mypy, import-linter and pytest"
	@echo "make bench   measure speed, writes docs/benchmarks.md"
	@echo "make lock    renew the locked versions (needs the network)"

# The stamps make a second run start at once: they are older than the lock only when the lock changed.
$(VENV)/.run: requirements.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed"; exit 1; }
	@$(PIP) install --quiet --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	@$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

draft: $(VENV)/.run
	@$(BIN)/python -m generator build kota-medan

test: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

lint: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(VENV)/.dev
	@for file in benchmarks/bench_*.py; do echo "== $$file"; $(BIN)/python -m benchmarks.$$(basename $$file .py); done

lock:
	@test -x $(BIN)/pip-compile || $(PIP) install --quiet pip-tools
	@$(BIN)/pip-compile -q --strip-extras --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links -o requirements.lock pyproject.toml
	@$(BIN)/pip-compile -q --strip-extras --extra dev --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links -c requirements.lock -o requirements-dev.lock pyproject.toml

clean:
	@rm -rf $(VENV) output/*/ .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
