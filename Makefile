# make app    install, build the index, serve the app        make test      install what tests need, run the quick suite
# make setup  install only (PIP_ARGS=… is passed to pip)      make nightly   the long suites too
# make eval   measure and write eval/report.md                make bench     times on this machine
# make coverage LAWS=DIR   read a law archive (folder or .tar.gz) beside an independent count
# make bench-stard DATA=DIR   57,778 articles and 1,028 lay questions: index, times, quality (DATA: laws-national.tar.gz, stard/)
# make check-law LAWS=DIR  six of its laws on the shelf 上位法: pointers against articles, answers without the shelf
PYTHON ?= python3
PIP_ARGS ?=
PORT ?= 8501
PY := .venv/bin/python

LAWS ?=
DATA ?=
START ?=

.PHONY: app setup index test lint eval bench bench-stard nightly golden coverage check-law

app: index
	@echo "打开 http://localhost:$(PORT)"
	$(PY) -m streamlit run app.py --server.port $(PORT)

setup: .venv/.installed

.venv/.installed: requirements.txt pyproject.toml
	test -x $(PY) || $(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet $(PIP_ARGS) -r requirements.txt
	$(PY) -m pip install --quiet $(PIP_ARGS) --no-deps -e .
	touch $@

.venv/.developing: .venv/.installed requirements-dev.txt
	$(PY) -m pip install --quiet $(PIP_ARGS) -r requirements-dev.txt
	touch $@

.venv/.browser: | .venv/.installed
	@if ! command -v chromium >/dev/null && command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk >/dev/null; fi
	@command -v chromium >/dev/null || echo "chromium is not here: browser tests will be skipped"
	@touch $@

index: setup
	$(PY) ingest.py

test: .venv/.developing .venv/.browser
	$(PY) -m pytest -n 2 --dist loadgroup -m "not nightly"

nightly: .venv/.developing .venv/.browser
	HYPOTHESIS_PROFILE=nightly $(PY) -m pytest -n 2 --dist loadgroup

lint: .venv/.developing
	$(PY) -m ruff check .
	$(PY) -m mypy

golden: .venv/.developing
	$(PY) -m tests.refresh_golden

eval: .venv/.developing index
	$(PY) -m eval.run --write

bench: setup index
	$(PY) -m eval.bench

bench-stard: .venv/.developing
	@test -n "$(DATA)" || { echo "请给出数据目录：make bench-stard DATA=目录（内有 laws-national.tar.gz 和 stard/）"; exit 2; }
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(PY) -m eval.bench_stard "$(DATA)" $(if $(START),--start "$(START)")

coverage: setup
	$(PY) -m eval.coverage "$(LAWS)"

check-law: setup
	$(PY) -m eval.check_law "$(LAWS)"
