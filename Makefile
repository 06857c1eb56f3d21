# Two commands matter: `make demo` and `make test`. Everything else serves them.
PY ?= python3
PORT ?= 8000
SERVE ?= yes
BIN := .venv/bin
RUN := $(BIN)/python
DIOGEL_HOME ?= $(CURDIR)/var
export DIOGEL_HOME
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.DEFAULT_GOAL := help
.PHONY: help demo test test-fast check bench spark-check docs messages lock assets clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.venv/run.stamp: requirements.txt pyproject.toml
	@$(PY) -c 'import sys; sys.exit("Diogel needs Python 3.11 or newer; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	@test -x $(RUN) || $(PY) -m venv .venv
	$(RUN) -m pip install --quiet --require-hashes -r requirements.txt
	$(RUN) -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: requirements-dev.txt .venv/run.stamp
	$(RUN) -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

assets: .venv/run.stamp
	@$(RUN) tools/assets.py
	@$(RUN) tools/fonts.py
	@$(RUN) tools/messages.py compile

demo: ## set up, load both example partnerships, build a pack, open the site (SERVE=no, PORT=8000)
	@$(PY) -m diogel.cli.port "$(PORT)" "$(SERVE)"
	@$(MAKE) --no-print-directory assets
ifeq ($(SERVE),no)
	@$(BIN)/diogel demo --port $(PORT)
else
	@$(BIN)/diogel demo --quiet
	@$(BIN)/diogel serve --port $(PORT)
endif

test: .venv/dev.stamp assets ## the whole suite: SQLite, PostgreSQL and a real browser
	@$(RUN) tools/suite.py

test-fast: .venv/dev.stamp assets ## the suite on SQLite, without a browser
	@$(RUN) tools/suite.py --fast

check: .venv/dev.stamp assets ## style, types, contracts, migrations, Welsh, docs, addresses
	@$(RUN) tools/check.py

bench: .venv/dev.stamp ## Diogel and its peers in one run, as ratios
	@$(RUN) benchmarks/run.py

spark-check: .venv/dev.stamp ## the counting queries through a real Apache Spark (Java, pyspark): equal cell by cell
	@$(RUN) benchmarks/spark.py

docs: .venv/dev.stamp ## write the generated reference pages anew
	@$(RUN) tools/docs.py

messages: .venv/dev.stamp ## what the code says that has no Welsh yet
	@$(RUN) tools/messages.py missing

lock: .venv/dev.stamp ## pin anew what pyproject.toml asks for
	@$(RUN) tools/lock.py

clean: ## remove what the set-up made, the demo included
	rm -rf .venv node_modules var diogel/web/static/diogel diogel/publishing/fonts
