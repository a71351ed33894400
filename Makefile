# make demo: the main job on the example site.  make test: the tests.  Both set themselves up in .venv.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
READY = $(VENV)/.ready
# Development tools are pinned, so that a check does not fail because of somebody else's release.
CONSTRAINTS = constraints-dev.txt

.PHONY: demo test fuzz lint fmt wheel clean

demo: $(READY)
	@$(BIN)/algokader-lint demo

test: $(READY)
	$(BIN)/python -m pytest -n auto --dist loadfile

# The property tests with new examples, many of them; takes minutes.
fuzz: $(READY)
	HYPOTHESIS_PROFILE=fuzz $(BIN)/python -m pytest -n auto tests/content tests/report tests/checks tests/engine

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

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

clean:
	rm -rf $(VENV) build .hypothesis

$(READY): pyproject.toml $(CONSTRAINTS)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint $(CONSTRAINTS) --editable '.[dev]'
	@touch $(READY)
