# make help prints one line each.
SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := $(CURDIR)/.venv
BIN := $(VENV)/bin
PY := $(BIN)/python
export PATH := $(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
STAMP := $(VENV)/.installed
WEB_STAMP := web/node_modules/.installed
WEB_BUILT := server/leadline/app/web/index.html

.PHONY: help run demo dev test test-faults check fix api words bench bench-large shots install clean

help: ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

run: $(STAMP) $(WEB_BUILT) ## Start Leadline on http://127.0.0.1:8400 (everything else is done for you)
	@$(BIN)/leadline serve

demo: $(STAMP) $(WEB_BUILT) ## The same with a company that has a story, and inquiries that keep arriving
	@$(BIN)/leadline demo

dev: $(STAMP) $(WEB_STAMP) ## Start the server and the front end's development server
	@$(BIN)/leadline serve & cd web && npm run dev

test: $(STAMP) $(WEB_BUILT) chromium dovecot ## Lint, types, contracts, Python tests, front-end tests, browser stories
	@bash .ci/steps

test-faults: $(STAMP) ## The long fault runs: hundreds of kills under load
	@cd server && LEADLINE_FAULTS=1 $(PY) -m pytest -q -m faults --timeout=3600

check: $(STAMP) $(WEB_STAMP) ## Only lint, types and contracts
	@bash .ci/steps check

fix: $(STAMP) ## Format and repair what a linter can
	@cd server && ruff format . && ruff check --fix .

api: $(STAMP) $(WEB_STAMP) ## Describe the API anew and generate the front end's types from it
	@$(BIN)/leadline openapi > web/openapi.json && cd web && npm run --silent api

words: $(STAMP) ## Compile the translations of what the server says
	@cd server && $(PY) -m leadline.app.catalogue

bench: $(STAMP) $(WEB_BUILT) ## Every speed as a ratio to a baseline of the same run
	@$(PY) -m bench

bench-large: $(STAMP) $(WEB_BUILT) ## The same with a million leads
	@$(PY) -m bench --large

shots: $(STAMP) $(WEB_BUILT) chromium ## Screenshots of every screen, for README and guide
	@$(PY) -m e2e.shots

clean: ## Remove everything that was built (never data)
	@rm -rf $(VENV) web/node_modules web/dist server/leadline/app/web

# --- what the targets stand on -------------------------------------------------------------------

$(STAMP): server/dev.lock server/pyproject.toml
	@echo "Leadline: installing the Python side …"
	@test -x $(PY) || python3 -m venv $(VENV)
	@$(PY) -m pip install -q --require-hashes -r server/dev.lock
	@$(PY) -m pip install -q --no-deps --no-build-isolation -e server 2>/dev/null || $(PY) -m pip install -q --no-deps -e server
	@touch $@

$(WEB_STAMP): $(STAMP) web/package.json web/package-lock.json
	@echo "Leadline: installing the front end's tools …"
	@cd web && npm install --no-audit --no-fund --loglevel=error
	@touch $@

$(WEB_BUILT): $(WEB_STAMP) $(shell find web/src web/public web/index.html web/vite.config.ts -type f 2>/dev/null)
	@echo "Leadline: building the front end …"
	@cd web && npm run --silent build
	@rm -rf server/leadline/app/web && cp -r web/dist server/leadline/app/web && touch $@

.PHONY: chromium
chromium:
	@command -v chromium >/dev/null || { echo "Leadline: installing Chromium for the browser stories …"; \
	  if [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq chromium >/dev/null; \
	  else sudo apt-get update -qq && sudo apt-get install -y -qq chromium >/dev/null; fi; }

.PHONY: dovecot
dovecot:
	@{ command -v dovecot || test -x /usr/sbin/dovecot; } >/dev/null || { echo "Leadline: installing Dovecot for the tests of mailboxes …"; \
	  if [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq --no-install-recommends dovecot-imapd >/dev/null; \
	  else sudo apt-get update -qq && sudo apt-get install -y -qq --no-install-recommends dovecot-imapd >/dev/null; fi; }
