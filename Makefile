# Every command of the project. `make run` and `make test` build what they need; `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PY   := .venv/bin/python
RASA := RASA_TELEMETRY_ENABLED=false PYTHONWARNINGS=ignore .venv-rasa/bin/python -m rasa
OURS := knowledge understanding actions bot webhook deploy benchmarks

# What the trained models are made from: when none of it is newer, nothing is trained.
TRAINED_FROM := $(shell find config.yml domain.yml bot understanding data knowledge/topics.yml knowledge/signs.yml knowledge/signs -type f \
                  -not -name '*.pyc' 2>/dev/null)

.PHONY: help run staff-user verify-audit test sure format lint types validate train evaluate benchmark languages \
        service-environment rasa-environment tests-environment clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

service-environment:
	@deploy/environments.sh service

rasa-environment:
	@deploy/environments.sh rasa

tests-environment: rasa-environment
	@deploy/environments.sh tests

models/.trained: $(TRAINED_FROM)
	@echo "Training what a message means (a quarter of an hour the first time) ..."
	$(PY) -m understanding train
	@# `rasa data validate` takes as long again; a test holds that it finds nothing.
	$(RASA) train --quiet --skip-validation --out models --fixed-model-name advice
	@touch $@

train: service-environment rasa-environment ## train the models when their data changed
	@$(MAKE) --no-print-directory models/.trained

run: train ## start everything; prints the addresses once a question can be answered
	@$(PY) -m webhook.secret_files
	@$(PY) -m webhook.database migrate
	@exec $(PY) -m deploy.run

staff-user: service-environment ## an account of the console: make staff-user EMAIL=name@example.org ROLE=officer
	@test -n "$(EMAIL)" -a -n "$(ROLE)" || { $(PY) -m webhook.accounts; exit 2; }
	@$(PY) -m webhook.secret_files
	@$(PY) -m webhook.database migrate
	@$(PY) -m webhook.accounts "$(EMAIL)" "$(ROLE)"

verify-audit: service-environment ## whether the audit log is whole
	@$(PY) -m webhook.audit.verify

test: tests-environment ## run every test
	@$(MAKE) --no-print-directory models/.trained
	.venv-rasa/bin/python -m pytest tests/bot -p no:cacheprovider
	$(PY) -m pytest tests --ignore tests/bot

sure: tests-environment ## everything CI does: format, lint, types, validate, tests
	@$(MAKE) --no-print-directory lint types validate test

format: tests-environment ## put the code in the project's form
	.venv/bin/ruff format $(OURS) tests
	.venv/bin/ruff check --fix $(OURS) tests

lint: tests-environment ## form and style
	.venv/bin/ruff format --check $(OURS) tests
	.venv/bin/ruff check $(OURS) tests

types: tests-environment ## strict types
	.venv/bin/mypy $(OURS)

validate: service-environment ## every rule about facts, answers, words and examples
	$(PY) -m knowledge validate

evaluate: train ## label a file of messages: make evaluate SET=in.jsonl OUT=out.jsonl
	@test -n "$(SET)" -a -n "$(OUT)" || { echo "say SET=in.jsonl OUT=out.jsonl"; exit 2; }
	$(PY) -m understanding evaluate "$(SET)" "$(OUT)"

EPOCHS := 5
benchmark: tests-environment ## this service beside Rasa's default pipeline: docs/benchmarks.md (40 minutes; EPOCHS=100 five hours)
	$(PY) -m benchmarks --epochs $(EPOCHS)

languages: service-environment ## machine translation: from Argos's index, or offline from ARGOS_PACKAGES_DIR=folder
	@$(PY) -m webhook.translation install

clean: ## remove what was built (not var/, where data and secrets are)
	rm -rf .venv .venv-rasa .tools models results .pytest_cache .mypy_cache .ruff_cache .hypothesis
