# Two commands, on a machine with Python 3.10-3.13 and make: `make run` and `make test`. The rest is in README.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CONFIG ?= demo

.PHONY: help run test slow nightly release-check book bench docs example clean-notebooks

help:
	@echo "make run              install, and run the whole pipeline on the toy shop (CONFIG=demo)"
	@echo "make test             install, and run all checks"
	@echo "make slow             make test, with the notebooks' slow cells (an hour)"
	@echo "make nightly          with the measurements and drills that take hours, too"
	@echo "make release-check    make slow, and nothing skipped, no proof older than its code"
	@echo "make bench            all measurements, peers installed beside us, saved in nbs/bench (hours)"
	@echo "make book             run the library notebooks in order, and save what they print"
	@echo "make example          a real run, shown in the pipeline's notebooks (CONFIG=demo DATA=folder)"
	@echo "make docs             the notebooks as a site, in _docs"
	@echo "make clean-notebooks  export the modules, clean the notebooks, make README.md"

run: $(VENV)/.run
	$(BIN)/shopee-nb run $(CONFIG)

test: $(VENV)/.dev
	$(BIN)/python -m shopee_nb.checks

slow: $(VENV)/.dev
	$(BIN)/python -m shopee_nb.checks --depth slow

nightly: $(VENV)/.bench
	$(BIN)/python -m shopee_nb.checks --depth nightly

release-check: $(VENV)/.dev
	$(BIN)/python -m shopee_nb.checks --depth slow --release

bench: $(VENV)/.bench
	$(BIN)/python -m shopee_nb.checks book bench: --depth nightly

book: $(VENV)/.dev
	$(BIN)/python -m shopee_nb.checks book

docs: $(VENV)/.dev
	$(BIN)/python -m shopee_nb.docs

example: $(VENV)/.dev
	$(BIN)/python -m shopee_nb.example $(CONFIG) $(if $(DATA),--data "$(DATA)")
	$(BIN)/nbdev_clean --fname nbs/pipeline

clean-notebooks: $(VENV)/.dev
	$(BIN)/nbdev_export
	$(BIN)/nbdev_clean
	$(BIN)/python -m shopee_nb.checks readme

# An environment is made once, and what is in it follows settings.ini.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 10) <= sys.version_info < (3, 14) else "Python 3.10 to 3.13 is needed, not " + sys.version.split()[0] + ": make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	touch $@

# OLDEST=1: requirements as old as settings.ini allows (extras are not), e.g.
# make test OLDEST=1 VENV=.venv-oldest PYTHON=python3.10
ALLOWED := $(if $(OLDEST),$(VENV)/oldest.txt)
INSTALL := $(BIN)/python -m pip install --progress-bar on $(if $(OLDEST),-c $(ALLOWED)) -e

$(VENV)/oldest.txt: settings.ini $(VENV)/.made
	grep -E '^(dev_)?requirements' $< | tr ' ' '\n' | sed -n 's/^\([A-Za-z][A-Za-z0-9_.-]*\)>=\([0-9.]*\).*/\1==\2/p' > $@

$(VENV)/.run: $(VENV)/.made settings.ini setup.py $(ALLOWED)
	$(INSTALL) .
	touch $@

$(VENV)/.dev: $(VENV)/.made settings.ini setup.py $(ALLOWED)
	$(INSTALL) '.[dev,tpu,preflight,beam,docs,kaggle]'
	touch $@ $(VENV)/.run

$(VENV)/.bench: $(VENV)/.dev
	$(INSTALL) '.[bench]'
	touch $@
