# Einklang auf einem frischen Rechner: Python ab 3.11 und make genügen, root wird nicht gebraucht.

PORT ?= 8000
ARGS ?=
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)
export PYTHONUTF8 := 1
RUN = @.venv/bin/python -m crm.platform

.PHONY: help setup setup-tests setup-benchmarks demo demo-reset test check bench
.DEFAULT_GOAL := help

help: ## diese Übersicht
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | awk -F'|' '{printf "  make %-11s %s\n", $$1, $$2}'

setup: ## Bibliotheken in .venv installieren (tut nichts, wenn alles da ist)
	@$(if $(PYTHON),$(PYTHON) -m crm.platform.setup,echo "Einklang braucht Python 3.11 oder neuer: make PYTHON=/pfad/zu/python3"; false)

setup-tests: setup
	@$(PYTHON) -m crm.platform.setup --tests

setup-benchmarks: setup
	@$(PYTHON) -m crm.platform.setup --benchmarks

demo: setup ## Demo starten: http://127.0.0.1:8000 (anderer Port: make demo PORT=8123)
	$(RUN).demo $(PORT)

demo-reset: setup ## Daten der Demo löschen, die nächste Demo beginnt von vorn
	$(RUN).demo_reset

test: setup-tests ## alle Tests, auch im Browser (Auswahl: make test ARGS="-k suche")
	$(RUN).testing $(ARGS)

check: setup-tests ## Stil, Typen, Schichten, Migrationen, Sicherheit der Einstellungen
	$(RUN).checking

bench: setup-benchmarks ## Messungen, eine JSON-Zeile je Zahl
	$(RUN).benching
