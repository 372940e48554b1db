# `make` lists what there is. Everything goes through SwiftPM; nothing here hides a setting of the build.

SWIFT ?= swift
COLDSTART = .build/release/coldstart

.DEFAULT_GOAL := help
.PHONY: help demo test test-crash test-load test-implicit test-interchange test-dashboard test-api test-portable test-fuzz test-sanitizers test-docs docs preview-docs build portable lint sample model clean bootstrap
# In the order written, also under -j: SwiftPM uses all processors by itself.
.NOTPARALLEL:

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

demo: build ## Import the sample, train, add three new films, see who wants them
	@$(COLDSTART) demo

test: lint build ## Everything that a change must pass; tests run in release, as the kernels do
	$(SWIFT) build -c release --build-tests
	$(TESTS_AT_ONCE) $(SWIFT) test -c release

# As many as CI has cores: more of them keep those waiting that ask a service and look at the clock.
TESTS_AT_ONCE = SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=2

# With more kills it finds more, and takes longer: 20 are three minutes, 300 half an hour on a busy machine.
KILLS ?= 300
test-crash: build ## Kill it as it writes, fill its disk, damage its models: nothing may be lost (KILLS=300)
	@Scripts/test-crash $(COLDSTART) --kills $(KILLS)

# Seconds of load, by 16 and by 256 connections each; with 3 it takes a minute in all.
SECONDS = 60
test-load: build ## Load the service: many clients, slow, absent and hostile ones; it keeps answering (SECONDS=60)
	@Scripts/test-load $(COLDSTART) --seconds $(SECONDS)

# Its Python packages come from the network, so it is no part of `test`.
test-implicit: build ## Add cold start to the PyPI package implicit: import its factors, give rows of new titles back
	@Scripts/test-implicit $(COLDSTART)

# Its Python packages come from the network, so it is no part of `test`.
test-interchange: build ## Read what coldstart exports with ONNX Runtime, NumPy and safetensors: the same places
	@Scripts/test-interchange $(COLDSTART)

# Needs Chromium, and Python packages from the network.
test-dashboard: build ## Drive the dashboard in Chromium: add a film, rate, train, at two widths
	@Scripts/test-dashboard $(COLDSTART)

# Schemathesis comes from the network. EXAMPLES=N and SEED=N are passed on.
test-api: build ## Hold a running service against its OpenAPI document, with requests drawn from it
	@Scripts/test-api $(COLDSTART)

# On the oldest processor that qemu can be, where it is installed; else on this one.
ifeq ($(shell uname -sm),Linux x86_64)
OLD_PROCESSOR := $(shell command -v qemu-x86_64 >/dev/null && echo qemu-x86_64 -cpu Nehalem)
endif
test-portable: bootstrap ## Hold the portable build's kernels against the fast ones
	$(SWIFT) build -c release --product KernelComparison
	$(PORTABLE) --product KernelComparison
	.build/release/KernelComparison record .build/kernels.json
	$(OLD_PROCESSOR) .build-portable/release/KernelComparison record .build-portable/kernels.json
	.build/release/KernelComparison compare .build/kernels.json .build-portable/kernels.json

# In a build folder of its own, which takes minutes the first time: see Scripts/test-fuzz.
SECONDS_A_TARGET = 20
test-fuzz: bootstrap ## Feed every reader of foreign bytes with inputs that libFuzzer makes
	@Scripts/test-fuzz $(SECONDS_A_TARGET)

# In build folders of their own. SANITIZERS='--short thread' takes one, and the targets that need no package of others.
SANITIZERS =
test-sanitizers: bootstrap ## Run the tests under ThreadSanitizer and AddressSanitizer: hours
	@Scripts/test-sanitizers $(SANITIZERS)

# Links, the reference of commands and that of routes are checked too.
test-docs: build ## Run every command of the documentation, page by page
	@Scripts/test-docs $(COLDSTART)

docs: build ## Build the documentation as a web site with DocC, without a warning: .build/documentation
	@Scripts/docs

# Any server of files will do.
preview-docs: docs ## Build it and serve it at http://localhost:8000/documentation/coldstart
	@echo "http://localhost:8000/documentation/coldstart"
	@python3 -m http.server --bind 127.0.0.1 --directory .build/documentation 8000

build: bootstrap ## Build the command, .build/release/coldstart
	$(SWIFT) build -c release --product coldstart

PORTABLE = COLDSTART_KERNELS=portable $(SWIFT) build -c release --scratch-path .build-portable
portable: bootstrap ## Build for any x86-64 processor, slowly: .build-portable/release/coldstart
	$(PORTABLE) --product coldstart

lint: bootstrap ## Check that imports point down, that ERRORS.md has all errors, and the format of the sources
	@Scripts/check-imports
	@Scripts/check-errors
	$(SWIFT) format lint --strict --recursive --parallel Sources Tests Package.swift

sample: bootstrap ## Draw SampleData anew, from the same seed
	$(SWIFT) run -c release SampleDataGenerator --seed 1 SampleData

# Made aside and moved into place whole. The number of threads is part of what makes a model, so it is fixed. Posters
# stay in SampleData: nothing that reads the model needs them again.
SAMPLE_WORKSPACE = .build/sample-workspace
model: build ## Train Models/sample anew from SampleData
	rm -rf $(SAMPLE_WORKSPACE)
	$(COLDSTART) --workspace $(SAMPLE_WORKSPACE) import SampleData
	$(COLDSTART) --workspace $(SAMPLE_WORKSPACE) train --seed 1 --threads 2
	$(COLDSTART) --workspace $(SAMPLE_WORKSPACE) models seal
	rm -rf $(SAMPLE_WORKSPACE)/posters $(SAMPLE_WORKSPACE)/lock
	rm -rf Models/sample
	mv $(SAMPLE_WORKSPACE) Models/sample

clean: ## Remove what was built, and the demo's workspace
	$(SWIFT) package clean
	@if [ -e .coldstart-demo/this-is-a-demo ]; then rm -rf .coldstart-demo; fi

bootstrap:
	@Scripts/bootstrap
