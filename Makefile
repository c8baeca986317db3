# Every target sets up what it needs: a fresh machine with Swift needs nothing else.

ARGS ?= --demo
PREFIX ?= /usr/local
# Where the program looks for what comes with it: beside its own folder.
SHARE = $(DESTDIR)$(PREFIX)/share/kpatrol
# Without colours, for with them a build to a terminal and one to a file do not share what they built.
BUILD_OPTIONS = --no-color-diagnostics
# With Swift's own libraries linked in, where the toolchain has them so: a program that runs where no Swift
# is installed, and takes a third less time for an event, as calls into them are direct.
RELEASE = swift build --configuration release $(STATIC) $(BUILD_OPTIONS)
STATIC = $(if $(wildcard $(SWIFT_LIBRARIES)_static/linux/*.a),--static-swift-stdlib)
SWIFT_LIBRARIES = $(shell swiftc -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')
TEST = swift test $(BUILD_OPTIONS)
# Tests that wait for servers, programs and each other's threads.
WAITING = EndToEndTests|HTTPTests|InventoriesTests|JournalTests|KubernetesClientTests|MonitoringTests|RemoteChecksTests|ServingTests|SnapshotsTests

.PHONY: help run test lint bench screenshots install set-up

help: ## Lists the targets.
	@sed -n 's/^\([a-z-]*\):.*## /  make \1|/p' $(MAKEFILE_LIST) | column -t -s '|'

run: set-up ## Opens KPatrol on a simulated cluster; ARGS="--context prod" on a real one.
	@test -x .build/release/kpatrol \
	  || echo "Building KPatrol and its libraries: about 10 minutes on 2 cores the first time."
	@$(RELEASE) --product kpatrol
	@.build/release/kpatrol $(ARGS)

test: ## Runs all tests; FILTER=Reflector those that match.
	@Scripts/set-up tmux
	@Scripts/set-up-python
	@test -d .build/debug \
	  || echo "Building KPatrol and its tests: about 7 minutes on 2 cores the first time."
ifdef FILTER
	@$(TEST) --filter '$(FILTER)'
else
	@$(TEST) --skip '$(WAITING)|StormTests|DifferentialTests'
	@# Apart from those that compute, which would leave them no thread for a minute.
	@$(TEST) --filter '$(WAITING)' --skip 'StormTests|HealthyClusterTests|HealthyScanTests'
	@# Apart, for each takes all the processor that there is.
	@$(TEST) --filter 'DifferentialTests|HealthyClusterTests'
	@$(TEST) --filter StormTests
	@$(TEST) --filter HealthyScanTests
endif

lint: ## Checks the format of the sources, and that targets depend on what they import.
	@swift format lint --strict --parallel --recursive Sources Tests Benchmarks Package.swift
	@Scripts/check-imports
	@echo "Lint: clean."

bench: set-up ## Measures what KPatrol must reach; BENCH="--quick" a tenth, BENCH="--json FILE idle".
	@# Standard output is the results' alone, for BENCH="--json -".
	@Scripts/set-up curl >&2
	@echo "Building for release: about 10 minutes on 2 cores the first time." >&2
	@$(RELEASE) --product kpatrol >&2
	@$(RELEASE) --product kpatrol-bench >&2
	@.build/release/kpatrol-bench $(BENCH)

screenshots: set-up ## Draws the main screens anew, into docs/screens.
	@Scripts/set-up tmux python3
	@swift build $(BUILD_OPTIONS) --product kpatrol
	@Scripts/screenshots .build/debug/kpatrol docs/screens

install: set-up ## Installs kpatrol under PREFIX, /usr/local unless told.
	@$(RELEASE) --product kpatrol
	install -d $(DESTDIR)$(PREFIX)/bin $(SHARE)/themes $(SHARE)/rules
	install -s .build/release/kpatrol $(DESTDIR)$(PREFIX)/bin/
	install -m 644 themes/*.yaml $(SHARE)/themes/
	install -m 644 rules/*.yaml rules/rulepack.schema.json $(SHARE)/rules/

set-up:
	@Scripts/set-up
