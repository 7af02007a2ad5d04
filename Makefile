# Everything sets itself up: a machine needs Python 3.11 or newer and make, and for the tests Node and Chromium.
PYTHON ?= python3
PORT ?= 8765
UV = 0.13.9
BIN = .venv/bin
READY = .venv/ready
ROOMS = bot handlers playground practices schedules store workspace
MEMORY = $(wildcard /dev/shm)
NODE = tests/node/node_modules/.package-lock.json

.PHONY: arrows bench bytecode check docs gallery help install lock play run style test types

help:  ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1 - /'

install: $(READY)  ## the locked environment in .venv

$(READY): requirements.lock pyproject.toml
	@echo "Setting up .venv ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV)
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes --compile-bytecode requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $(READY)

$(NODE): tests/node/package-lock.json tests/node/package.json
	@command -v npm >/dev/null || { echo "The tests need Node 18 or newer with npm: apt install nodejs npm"; exit 1; }
	@cd tests/node && npm ci --no-audit --no-fund --ignore-scripts --silent
	@touch $(NODE)

play: $(READY)  ## the playground in your browser; PORT=8765, FRESH=1 begins anew, NO_BROWSER=1 opens none
	@$(BIN)/python -m playground --port $(PORT) --data .play $(if $(FRESH),--fresh) $(if $(NO_BROWSER),--no-browser)

test: $(READY) $(NODE)  ## every check and every test
	@$(MAKE) --no-print-directory --jobs 2 $(if $(filter output-sync,$(.FEATURES)),--output-sync=target) types arrows style bytecode
	@$(if $(MEMORY),TMPDIR=$(MEMORY)) $(BIN)/python -m pytest --numprocesses 5 --dist worksteal

types: $(READY)
	@$(BIN)/mypy

arrows: $(READY)
	@$(BIN)/lint-imports

style: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .

bytecode: $(READY)  # so that the many programs which the tests start need not compile it each for themselves
	@$(BIN)/python -m compileall -q $(ROOMS)

check: $(READY)  ## what has grown too long, beside ruff and mypy
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/python -m tests.house.sizes

docs: $(READY)  ## docs/reference/ and .env.example anew, from the code
	@$(BIN)/python -m tests.house.reference

run: $(READY)  ## the bot itself, with the settings of .env
	@$(BIN)/togetherness run

bench: $(READY)  ## measurements, side by side with their baselines
	@$(BIN)/python -m bench

gallery: $(READY)  ## the kept drawings of both/and maps anew, in tests/drawings/
	@$(BIN)/python -m tests.maps

lock: $(READY)  ## the lock file anew, from pyproject.toml
	@$(BIN)/uv pip compile --quiet pyproject.toml --extra dev --generate-hashes --universal --python-version 3.11 \
		--no-emit-index-url --no-emit-find-links --no-header --no-annotate --output-file requirements.lock
