# Thin: every target calls `course` or `pytest`. `make demo` and `make test` need Python 3.11 or newer, git and make.
PYTHON ?= python3
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: install demo test bench reproduce clean

install: .venv/.installed

.venv/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed, this is " + sys.version.split()[0] + "; name another with: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[staff,dev]"
	touch $@

demo: install
	$(BIN)/course demo

test: install
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --dist loadfile

bench: install
	$(BIN)/python -m pytest -m bench -s tests/bench

reproduce: install
	$(BIN)/course reproduce

clean:  # students' data stay: gradebook.db, attempts/, submitted/, feedback/, reports/
	rm -rf dist .pytest_cache .mypy_cache .ruff_cache
