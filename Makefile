# `make run`, `make plan` and `make test` are all a newcomer needs; each sets itself up.
PYTHON ?= python3
BIN := .venv/bin
OUT ?= out
DAY ?= 2026-11-25
FOLDER ?= fixtures/tartu_vald
STORE ?= hoolering.sqlite

.PHONY: run plan test endure lint lock bench clean setup

setup: .venv/warm.stamp

.venv/plan.stamp: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/warm.stamp: .venv/plan.stamp $(wildcard routing/solver/kernel/*.py routing/solver/bound/pricing/*.py)
	$(BIN)/python -m routing.solver.kernel.warm
	@touch $@

.venv/dev.stamp: .venv/plan.stamp requirements-dev.lock
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

.venv/bench.stamp: .venv/dev.stamp requirements-bench.lock
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-bench.lock
	@touch $@

bench: .venv/bench.stamp .venv/warm.stamp

run: .venv/warm.stamp
	$(BIN)/hoolering serve --demo --database sqlite:///$(STORE)

plan: .venv/warm.stamp
	$(BIN)/hoolering plan $(FOLDER) --date $(DAY) --out $(OUT)

test: .venv/dev.stamp .venv/warm.stamp
	$(BIN)/python -m pytest -n 2

# Kills servers and solvers at 50 random moments on SQLite and on PostgreSQL.
endure: .venv/dev.stamp .venv/warm.stamp
	.ci/endure

lint: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Needs uv on the PATH; writes names, versions and hashes, and no registry address.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-header --no-annotate --quiet pyproject.toml requirements.in -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-header --no-annotate --quiet -c requirements.lock --group dev pyproject.toml requirements.in -o requirements-dev.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-header --no-annotate --quiet -c requirements-dev.lock --group bench pyproject.toml requirements.in -o requirements-bench.lock

clean:
	rm -rf .venv out build *.egg-info
