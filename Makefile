# make run    install into .venv, publish the facts in data/, serve them on 127.0.0.1:8000 (PORT= overrides)
# make test   install what the tests need and pass them (WORKERS= processes run the tests; by default, one more than processors)
# make test-engines  the same release in the engines that it is tried with: Oxigraph, and Virtuoso from Debian or Ubuntu
# make lock   choose new versions of the dependencies
PYTHON ?= python3
PORT ?= 8000
# One more than processors: many tests wait for a service or a browser.
WORKERS ?= $(shell expr $$(nproc 2>/dev/null || echo 1) + 1)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
WHEELS := .venv/wheels
EDITOR := src/si_lod/serve/static/editor/yasqe.js
AXE := tests/browser/node_modules/.done
COMUNICA := tests/acceptance/comunica/node_modules/.done
LDES := tests/acceptance/ldes/node_modules/.done

.PHONY: run test test-engines check lock clean

run: .venv/.run $(EDITOR)
	$(BIN)/si-lod publish
	$(BIN)/si-lod serve --port $(PORT)

test: .venv/.test $(EDITOR) $(AXE) $(COMUNICA) $(LDES) check
	$(BIN)/pytest --numprocesses=$(WORKERS) --maxprocesses=4 --dist=loadfile --no-loadscope-reorder

# Virtuoso is no package of Python's: whoever runs this installs it, and nothing of it is started or kept by itself.
test-engines: .venv/.test
	@command -v virtuoso-t >/dev/null || { \
		echo "make test-engines needs Virtuoso: apt-get install --no-install-recommends virtuoso-opensource-7-bin"; exit 1; }
	$(BIN)/pytest tests/engines

check: .venv/.test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# The wheels are kept, so that a clean environment can be made again without a network (the tests make one).
.venv/.run: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(PIP) download --require-hashes --dest $(WHEELS) --requirement requirements.lock
	$(PIP) install --require-hashes --no-index --find-links $(WHEELS) --requirement requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

.venv/.test: .venv/.run requirements-test.lock
	$(PIP) install --require-hashes --requirement requirements-test.lock
	touch $@

# The editor of the query page. Without npm, or where it gets nothing, the page serves without: a form and a table.
$(EDITOR): editor/package-lock.json editor/build.mjs
	if command -v npm >/dev/null; then \
		(cd editor && npm ci --ignore-scripts --no-audit --no-fund --fetch-retries=0 && node build.mjs) \
		|| echo "the query page is served without its editor"; \
	fi

# What tries the pages in a browser. Without npm those tests are skipped, and say so.
$(AXE): tests/browser/package-lock.json
	if command -v npm >/dev/null; then \
		(cd tests/browser && npm ci --ignore-scripts --no-audit --no-fund --fetch-retries=0 && touch node_modules/.done) \
		|| echo "the pages are not tried in a browser"; \
	fi

# A client in JavaScript. Without npm its tests are skipped, and say so.
$(COMUNICA): tests/acceptance/comunica/package-lock.json
	if command -v npm >/dev/null; then \
		(cd $(dir $<) && npm ci --ignore-scripts --no-audit --no-fund --fetch-retries=0 && touch node_modules/.done) \
		|| echo "the endpoint is not tried with Comunica"; \
	fi

# A client of event streams. The same holds for it.
$(LDES): tests/acceptance/ldes/package-lock.json
	if command -v npm >/dev/null; then \
		(cd $(dir $<) && npm ci --ignore-scripts --no-audit --no-fund --fetch-retries=0 && touch node_modules/.done) \
		|| echo "the feeds are not read by a client"; \
	fi

lock:
	$(PYTHON) -m venv .venv
	$(PIP) install uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --upgrade \
		--custom-compile-command "make lock" --group build --output-file requirements.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --upgrade \
		--custom-compile-command "make lock" --group test --constraints requirements.lock \
		--output-file requirements-test.lock

clean:
	rm -rf .venv editor/node_modules tests/browser/node_modules tests/acceptance/comunica/node_modules tests/acceptance/ldes/node_modules $(dir $(EDITOR)) releases build dist
