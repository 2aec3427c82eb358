# Two commands on a fresh machine: `make read` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
FILES  ?= examples
TO     ?= record
SECONDS ?= 120

.PHONY: read test lint gate bench fuzz cluster lock docs data golden clean
.DEFAULT_GOAL := read

read: $(VENV)/run.stamp  ## read examples/ (or FILES=...) into a record
	$(BIN)/dragoman read $(FILES) --to $(TO)

test: $(VENV)/dev.stamp  ## lint, then every test
	$(MAKE) --no-print-directory lint
	$(BIN)/pytest

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

gate: $(VENV)/run.stamp  ## measured quality against bench/floors.json
	$(BIN)/python bench/gate.py

bench: $(VENV)/run.stamp  ## words a second beside bare spaCy, in one run
	$(BIN)/python bench/speed.py

fuzz: $(VENV)/dev.stamp  ## texts made to break it, for SECONDS over all targets of fuzz/
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: -r requirements/fuzz.txt || true
	$(BIN)/python fuzz/all.py $(SECONDS)

cluster: $(VENV)/dev.stamp  ## the tests of a cluster, with Ray (0.5 GB) and an S3 server in an environment of its own
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/ray.txt
	@test -x .venv-s3/bin/python || $(PYTHON) -m venv .venv-s3
	.venv-s3/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/s3.txt
	$(BIN)/pytest tests/cluster

docs: $(VENV)/dev.stamp  ## write the generated pages of docs/ anew
	$(BIN)/python docs/generate.py

golden: $(VENV)/dev.stamp  ## write tests/reports/ anew; review the diff by hand
	$(BIN)/python tests/golden.py

data: $(VENV)/dev.stamp  ## build the shipped actor tables out of the curated ones
	$(BIN)/python curated/build.py

lock: $(VENV)/dev.stamp  ## pin every dependency with its hashes
	$(BIN)/uv pip compile -q --upgrade --generate-hashes --custom-compile-command "make lock" --extra web --extra feeds pyproject.toml -o requirements/run.txt
	echo "hatchling editables" | tr " " "\n" | $(BIN)/uv pip compile -q --upgrade --generate-hashes --custom-compile-command "make lock" - -o requirements/build.txt
	$(BIN)/uv pip compile -q --upgrade --generate-hashes --custom-compile-command "make lock" --extra dev -c requirements/run.txt pyproject.toml -o requirements/dev.txt
	$(BIN)/uv pip compile -q --upgrade --generate-hashes --custom-compile-command "make lock" --extra ray -c requirements/dev.txt pyproject.toml -o requirements/ray.txt
	echo "moto[s3,server]" | $(BIN)/uv pip compile -q --upgrade --generate-hashes --custom-compile-command "make lock" - -o requirements/s3.txt
	echo "atheris" | $(BIN)/uv pip compile -q --upgrade --generate-hashes --custom-compile-command "make lock" - -o requirements/fuzz.txt

$(VENV)/run.stamp: requirements/run.txt requirements/build.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "dragoman needs Python 3.11 or newer; this is %d.%d. Name another one: make PYTHON=python3.12" % sys.version_info[:2])'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/build.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

clean:
	rm -rf $(VENV) .venv-s3 record .pytest_cache .mypy_cache .ruff_cache .hypothesis
