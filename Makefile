# Two commands to begin with: `make demo` and `make test`. They need Python 3.11 or newer, git and make.

# The first that is new enough.
NEW_ENOUGH := -c 'import sys; sys.exit(sys.version_info < (3, 11))'
PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$each $(NEW_ENOUGH) 2>/dev/null && { echo $$each; break; }; done)
VENV ?= .venv
BIN := $(VENV)/bin
BENCH ?=

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help demo test lint install bench eval clean

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1|\2/p' Makefile | awk -F'|' '{ printf "%-14s%s\n", $$1, $$2 }'

demo: $(VENV)/.installed ## Lint examples/: one post is blocked, the others pass
	@$(call shows,1,readtheroom lint examples/drafts/aurora.md)
	@$(call shows,0,readtheroom lint examples/drafts/harmless.md examples/drafts/queue.csv)

test: lint ## Run every check: ruff, mypy, then the tests
	$(BIN)/python -m pytest --numprocesses auto

lint: $(VENV)/.tested ## Run ruff and mypy alone
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

install: $(VENV)/.installed ## Create .venv and install the package into it, editable

bench: $(VENV)/.installed ## Measure speed and memory; BENCH="--posts 5000" for a short run
	$(BIN)/python benchmarks/run.py $(BENCH)

eval: $(VENV)/.installed ## Measure how well the core pack judges, into docs/judgement.md
	$(BIN)/python evaluation/judge.py --corpus ../shared/corpus --write docs/judgement.md

clean: ## Remove .venv and everything else that can be made again
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Empty files say when each was last done, so that nothing is installed twice.
$(VENV)/.installed: pyproject.toml | $(VENV)/.created
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.tested: pyproject.toml | $(VENV)/.created
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $(VENV)/.installed $@

$(VENV)/.created:
	@test -n "$(PYTHON)" && $(PYTHON) $(NEW_ENOUGH) || { \
	  echo 'Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	@touch $@

# $(call shows,CODE,COMMAND): prints the command and runs it; its exit code must be CODE.
define shows
echo '$$ $(2)'; code=0; PATH="$(abspath $(BIN)):$$PATH" $(2) || code=$$?; \
test $$code -eq $(1) || { echo "demo: exit code $$code where $(1) was expected" >&2; exit 1; }; \
echo "(exit code $$code)"; echo
endef
