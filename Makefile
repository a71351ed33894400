# make demo: the main job on the example site.  make test: the tests.  Both set themselves up in .venv.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
READY = $(VENV)/.ready
# Development tools are pinned, so that a check does not fail because of somebody else's release.
CONSTRAINTS = constraints-dev.txt
AXE = 4.14.1
WORKERS = $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
# By file, those that conftest.py puts first before others: what a file reads is read once.
# Three at once on two processors: tests wait for programs and servers.
SHARED_OUT = -n $(WORKERS) --dist loadfile --no-loadscope-reorder
# What runs at GitHub: our actions, and workflows that others copy.
ACTIONS = action.yml comment/action.yml issue/action.yml links/action.yml
WORKFLOWS = $(wildcard docs/workflows/*.yml)

# Where this is set, every process of the many that the tests start would compile the package anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test slow rules fuzz mutants bench browser lint fmt wheel action clean

demo: $(READY)
	@$(BIN)/algokader-lint demo

test: $(READY)
	$(BIN)/python -m pytest $(SHARED_OUT) -m "not corpus and not slow and not takes_long"

# What make test leaves out for time: the releases of the real content, where that lies beside this checkout, and a
# hook and a web that are set up in earnest.
slow: $(READY)
	$(BIN)/python -m pytest $(SHARED_OUT) -m "(corpus or slow) and not takes_long"

# The lists of rules in README.md and rules/README.md, from the pages of the rules.
rules: $(READY)
	GOLDEN=write $(BIN)/python -m pytest tests/test_rule_index.py

# The property tests with new examples, many of them; takes minutes.
fuzz: $(READY)
	HYPOTHESIS_PROFILE=fuzz $(BIN)/python -m pytest -n auto tests/content tests/coverage tests/report tests/checks tests/engine \
	  tests/cli/test_ids.py tests/cli/test_since.py tests/test_corpus.py tests/test_corpus_fixes.py tests/faults

# Whether the tests notice mistakes: mutmut makes them in a copy, and tells which no test notices. It tries a few a minute,
# so name a module: make mutants ONLY=algokader_lint/checks/links.py; then, in build/mutants: mutmut show NAME.
ONLY = algokader_lint/*.py
mutants: $(READY)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint $(CONSTRAINTS) --editable '.[dev,mutants]'
	rm -rf build/mutants
	mkdir -p build/mutants
	cp -R algokader_lint tests rules schemas docs action comment issue links README.md $(CONSTRAINTS) build/mutants
	sed 's|^only_mutate = .*|only_mutate = ["$(ONLY)"]|' pyproject.toml >build/mutants/pyproject.toml
	cd build/mutants && ../../$(BIN)/mutmut run && ../../$(BIN)/mutmut results

# How fast addresses are checked, beside a bare loop of the same HTTP library; prints, and asserts nothing.
bench: $(READY)
	$(BIN)/python -m tests.bench.links

# The coverage page in the Chromium of this machine, with the accessibility checks of axe-core; needs npm.
browser: $(READY)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint $(CONSTRAINTS) --editable '.[dev,browser]'
	npm install --silent --no-save --no-fund --no-audit --prefix build/browser axe-core@$(AXE)
	$(BIN)/python -m pytest -n auto tests/browser/test_report.py

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/shellcheck --external-sources action/*.sh
	$(BIN)/check-jsonschema --builtin-schema vendor.github-actions $(ACTIONS)
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows $(WORKFLOWS)
	$(BIN)/zizmor --offline --pedantic --strict-collection --config zizmor.yml --quiet $(ACTIONS) $(WORKFLOWS)

fmt: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The package as others install it: built, installed elsewhere, run from an empty folder.
wheel: $(READY)
	rm -rf build/dist build/elsewhere
	$(BIN)/python -m build --outdir build/dist .
	$(PYTHON) -m venv build/elsewhere
	build/elsewhere/bin/pip install --quiet --disable-pip-version-check --constraint $(CONSTRAINTS) build/dist/*.whl
	mkdir build/elsewhere/empty
	cd build/elsewhere/empty && ../bin/algokader-lint demo

# The action as a runner installs it: by its own step, in a folder that has a say in nothing.
action:
	rm -rf build/runner
	mkdir -p build/runner/workspace
	echo 'raise SystemExit("not this one")' | tee build/runner/workspace/venv.py build/runner/workspace/pip.py >build/runner/workspace/json.py
	cd build/runner/workspace && \
	  RUNNER_TEMP=$(CURDIR)/build/runner GITHUB_OUTPUT=$(CURDIR)/build/runner/output bash $(CURDIR)/action/install.sh
	cd build/runner/workspace && "$$(sed -n 's/^command=//p' ../output)" demo

clean:
	rm -rf $(VENV) build .hypothesis

$(READY): pyproject.toml $(CONSTRAINTS)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint $(CONSTRAINTS) --editable '.[dev]'
	@touch $(READY)
