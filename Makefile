# `make` alone prints what there is. Everything is kept in .venv (programs) and .wirewatch (data).

VENV ?= .venv
BIN := $(VENV)/bin
WIREWATCH := $(BIN)/wirewatch
# Which Python makes the environment: the newest of those that work, or WIREWATCH_PYTHON.
PYTHON ?= $(or $(WIREWATCH_PYTHON),$(shell for v in 3.12 3.13 3.11 3.10; do python$$v -c pass >/dev/null 2>&1 && echo python$$v && break; done),python3)
# So that `make run WIREWATCH_PORT=8090` works.
export WIREWATCH_PORT WIREWATCH_MAILBOX_PORT WIREWATCH_HOME WIREWATCH_SOURCES

.DEFAULT_GOAL := help
.PHONY: help run stop status demo mailbox test check format schema lock peers pictures clean

help: ## print this
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

run: $(VENV)/runtime ## install, start PostgreSQL and Airflow, run today's job, say where to look
	@$(WIREWATCH) up

stop: ## end every process that `make run` and `make demo` started
	@if [ -x $(WIREWATCH) ]; then $(WIREWATCH) down; else echo "Nothing was installed, so nothing runs."; fi

status: ## show which parts run
	@if [ -x $(WIREWATCH) ]; then $(WIREWATCH) status; else echo "Nothing was installed yet; make run does it."; fi

demo: $(VENV)/runtime ## two days of an invented newsroom through Airflow; needs no network once installed
	@$(WIREWATCH) demo

mailbox: $(VENV)/runtime ## list the mails of the local mailbox
	@$(WIREWATCH) mailbox

test: $(VENV)/dev ## install what tests need and run them all
	@$(BIN)/pytest $(ARGS)

check: $(VENV)/dev ## format, lint, types, imports, tests
	@$(BIN)/ruff format --check . || { echo "make format puts this right"; exit 1; }
	@$(BIN)/ruff check . || { echo "make format puts part of this right"; exit 1; }
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/pytest $(ARGS)

format: $(VENV)/dev ## format the code and mend what a linter can
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

schema: $(VENV)/runtime ## write include/sources/source.schema.json anew, for editors
	@$(WIREWATCH) sources schema > include/sources/source.schema.json

lock: $(VENV)/dev ## requirements*.in → requirements*.txt, every version pinned
	@$(BIN)/uv pip compile -q requirements.in --universal --python-version 3.10 --no-annotate --no-header -o requirements.txt
	@$(BIN)/uv pip compile -q requirements-dev.in --universal --python-version 3.10 --no-annotate --no-header -o requirements-dev.txt

peers: .venv-peers/ready ## install what the benchmarks compare us with, in .venv-peers

pictures: $(VENV)/dev ## take the README's pictures from the running demo; needs Chromium
	@$(BIN)/uv pip install -q --python $(BIN)/python playwright
	@$(BIN)/python docs/take_pictures.py

clean: stop ## end everything, then delete .venv and .wirewatch (the data too!)
	rm -rf $(VENV) .venv-peers .wirewatch *.egg-info include/*.egg-info

$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 10) <= sys.version_info < (3, 14))' || { \
	  echo "Wirewatch needs Python 3.10 to 3.13, and $(PYTHON) is another: install one, or name it: make run WIREWATCH_PYTHON=/path/to/python3.12"; exit 1; }
	@echo "Making $(VENV) with $$($(PYTHON) --version) …"
	@$(PYTHON) -m venv $(VENV) || { \
	  echo "$(PYTHON) cannot make an environment: install its venv module (on Debian: apt install python3-venv)"; rm -rf $(VENV); exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv || { \
	  echo "Nothing could be installed: pip does not reach its package index. Check the network, then run this again"; rm -rf $(VENV); exit 1; }

$(VENV)/runtime: requirements.txt pyproject.toml | $(BIN)/uv
	@echo "Installing what it runs on …"
	@$(BIN)/uv pip install -q --python $(BIN)/python -r requirements.txt -e . || { \
	  echo "Installing failed: check the network and the free space on this disk, then run this again"; exit 1; }
	@touch $@

$(VENV)/dev: requirements-dev.txt $(VENV)/runtime
	@echo "Installing what tests need …"
	@$(BIN)/uv pip install -q --python $(BIN)/python -r requirements-dev.txt || { \
	  echo "Installing failed: check the network and the free space on this disk, then run this again"; exit 1; }
	@touch $@

.venv-peers/ready: benchmarks/peers.txt | $(BIN)/uv
	@echo "Installing the benchmarks' peers …"
	@$(BIN)/uv venv -q --allow-existing --python $(BIN)/python .venv-peers
	@$(BIN)/uv pip install -q --python .venv-peers/bin/python -r benchmarks/peers.txt || { \
	  echo "Installing failed: check the network and the free space on this disk, then run this again"; exit 1; }
	@touch $@
