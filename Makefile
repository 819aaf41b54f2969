# `make check` is what CI runs; see .ci/run.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: setup check format lint types arrows test

setup: $(BIN)/navaid
$(BIN)/navaid: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q -e '.[dev]'
	@touch $@

check: lint types arrows test

format: setup
	$(BIN)/ruff format src tests benchmarks
	$(BIN)/ruff check --fix src tests benchmarks

lint: setup
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/ruff check src tests benchmarks

types: setup
	$(BIN)/mypy

arrows: setup
	$(BIN)/lint-imports

test: setup
	$(BIN)/pytest
