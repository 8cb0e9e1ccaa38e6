# What a developer, a publisher and CI can do. `make` lists it.

EDITION ?= edition
PORT    ?= 8080
BASE    ?=
OUT     ?=

.DEFAULT_GOAL := help
SHELL         := /bin/bash
.SHELLFLAGS   := -euo pipefail -c
.DELETE_ON_ERROR:

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "  Variables: EDITION=folder OUT=folder BASE=/news/ PORT=8080 TOOLCHAIN=rustup|debian"

# The tools are looked for, and installed, only by targets that need them.
ifneq ($(filter-out help clean,$(or $(MAKECMDGOALS),help)),)
include tools.mk
endif

# ---- What is built ------------------------------------------------------------------------------

READER  := $(shell find src -type f) Cargo.toml Cargo.lock
STATIC  := $(shell find style public -type f) index.html Trunk.toml
PRESS   := $(shell find press -type f)
CONTENT := $(shell find $(EDITION) -type f 2>/dev/null | sed 's/ /\\ /g')

SHELL_STAMP := target/shell.stamp
PRESS_BIN   := target/release/press
SAMPLE      := target/serve/$(notdir $(abspath $(EDITION)))

shell: $(SHELL_STAMP) ## Build the shell (style sheets, JS, WASM) into dist/

$(SHELL_STAMP): $(READER) $(STATIC) $(WASM_TOOLS)
	@echo "Building the shell with Trunk (about 2 minutes the first time, 15 seconds after that)"
	@$(call quietly,$(WASM_ENV) trunk build --release --offline)
	@# Trunk leaves names and comments in the glue; they would travel.
	@esbuild dist/broadsheet.js --minify --format=esm --target=es2022 --log-level=warning \
	  --allow-overwrite --outfile=dist/broadsheet.js
	@touch $@

press: $(PRESS_BIN) ## Build the press

$(PRESS_BIN): $(PRESS) $(READER) $(TOOLCHAIN_READY)
	@echo "Building the press (about 2 minutes the first time)"
	@$(call quietly,cargo build --release -p press)
	@touch $@

$(SAMPLE)/site.json: $(CONTENT) $(SHELL_STAMP) $(PRESS_BIN)
	@mkdir -p $(dir $(SAMPLE))
	@$(PRESS_BIN) build $(EDITION) --out $(SAMPLE) || [ $$? -eq 1 ]
	@touch $@

# ---- What people do -----------------------------------------------------------------------------

serve: $(SAMPLE)/site.json ## Print EDITION and serve it at PORT
	@exec $(PRESS_BIN) serve $(SAMPLE) --port $(PORT)

site: $(SHELL_STAMP) $(PRESS_BIN) ## Print EDITION into OUT, for a host at BASE
	@[ -n "$(OUT)" ] || { echo "name the folder to print into: make site EDITION=folder OUT=folder"; exit 2; }
	@$(PRESS_BIN) build $(EDITION) --out $(OUT) $(if $(BASE),--base $(BASE))

check: $(TOOLCHAIN_READY) ## Check format, lints (native and WASM) and docs
	@echo "Checking format, lints and docs (about 2 minutes the first time)"
	@cargo fmt --all --check
	@$(call quietly,cargo clippy --workspace --all-targets --features ssr -- -D warnings)
	@$(call quietly,$(WASM_ENV) cargo clippy -p broadsheet --lib --no-default-features \
	  --features hydrate --target wasm32-unknown-unknown -- -D warnings)
	@$(call quietly,RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --features ssr)

test: check $(SHELL_STAMP) $(PRESS_BIN) $(TEST_TOOLS) ## Run every check and every test
	@echo "Running the tests (about 5 minutes)"
	@$(TEST_ENV) cargo test --release --workspace --features broadsheet/ssr

bench-read: $(SHELL_STAMP) $(TEST_TOOLS) ## Measure bytes, first paint and clicks in a browser
	@$(TEST_ENV) cargo bench -q -p tests --bench read

bench-press: $(SHELL_STAMP) ## Measure printing an archive on one core
	@cargo bench -q -p tests --bench press

dev: $(WASM_TOOLS) $(PRESS_BIN) ## Serve EDITION and rebuild on change, panics with words
	@$(DEV_ENV) trunk build --offline && $(PRESS_BIN) build $(EDITION) --out target/serve/dev || true
	@$(PRESS_BIN) serve target/serve/dev --port $(PORT) & trap "kill $$!" EXIT; \
	while sleep 1; do \
	  [ -n "$$(find src style public press $(EDITION) index.html -newer target/serve/dev/site.json -type f)" ] || continue; \
	  cargo build -q --release -p press && $(DEV_ENV) trunk build --offline \
	    && $(PRESS_BIN) build $(EDITION) --out target/serve/dev || touch target/serve/dev/site.json; \
	done

screenshots: $(SHELL_STAMP) $(TEST_TOOLS) ## Take the README's pictures
	@$(TEST_ENV) cargo bench -q -p tests --bench screenshots

clean: ## Remove what was built; the tools stay
	rm -rf target dist

.PHONY: help shell press serve site check test bench-read bench-press dev screenshots clean tools
